import { expect, test } from "vitest";
import { countriesOfRates, freeRates, isFreeByRates } from "./own-rates.ts";

const SHIPS_TO = ["AU", "CA", "US"];
const rate = (amountMinor: number, ...countries: string[]) => ({ currency: "USD", amountMinor, countries });

test("each rate names the countries in which it is the lowest", () => {
  expect(freeRates([rate(5000, "US"), rate(30_000, "CA", "US")], SHIPS_TO)).toEqual([
    { currency: "USD", amountMinor: 5000, countries: ["US"] },
    { currency: "USD", amountMinor: 30_000, countries: ["CA"] },
  ]);
});

test("a rate of every country that the shop ships to has no list of countries", () => {
  expect(freeRates([rate(5000, "US", "CA"), rate(5000, "AU")], SHIPS_TO)).toEqual([
    { currency: "USD", amountMinor: 5000, countries: null },
  ]);
  expect(freeRates([rate(5000, "US")], [])).toEqual([{ currency: "USD", amountMinor: 5000, countries: ["US"] }]);
});

test("a rate that is always free, or of no country, says nothing about an amount", () => {
  expect(freeRates([rate(0, "US"), rate(5000)], SHIPS_TO)).toEqual([]);
});

test("a goal at a zone's threshold is for the countries of that zone", () => {
  const rates = freeRates([rate(5000, "US"), rate(30_000, "CA")], SHIPS_TO);
  expect(countriesOfRates({ USD: 5000 }, rates)).toEqual(["US"]);
  expect(countriesOfRates({ USD: 30_000 }, rates)).toEqual(["CA", "US"]);
  expect(countriesOfRates({ USD: 4000 }, rates)).toBeNull();
  expect(countriesOfRates({ USD: 5000, JPY: 8000 }, rates)).toBeNull();
});

test("without our discount, only what the rates give in every country of the goal is promised", () => {
  const rates = freeRates([rate(5000, "US"), rate(30_000, "CA")], SHIPS_TO);
  const usd = (amountMinor: number) => ({ currency: "USD", amountMinor });
  expect(isFreeByRates(usd(5000), ["US"], rates)).toBe(true);
  expect(isFreeByRates(usd(5000), ["US", "CA"], rates)).toBe(false);
  expect(isFreeByRates(usd(30_000), ["US", "CA"], rates)).toBe(true);
  expect(isFreeByRates(usd(30_000), null, rates)).toBe(false);
  expect(isFreeByRates(usd(5000), null, freeRates([rate(5000, ...SHIPS_TO)], SHIPS_TO))).toBe(true);
});
