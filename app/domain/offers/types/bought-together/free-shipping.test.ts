import { expect, test } from "vitest";
import { contentShape } from "../../offer-types.ts";
import type { OfferContent } from "../../offer.ts";
import { setRewardOf } from "./applying-offer.ts";
import type { BoughtTogetherConfig } from "./config.ts";
import { parseProductOffer } from "./published.ts";

const type = contentShape("bought-together");
const content = (countries: readonly string[] | null, kind = "free-shipping") => ({
  ...type.default,
  reward: { kind },
  config: { setSize: 2, countries },
});
const refusals = (countries: readonly string[]) => {
  const parsed = type.parse(content(countries));
  return parsed.ok ? [] : parsed.refusals.map(({ path, code }) => `${path} ${code}`);
};

test("a set can ship for free, everywhere or in some countries", () => {
  for (const countries of [null, ["US"], ["DE", "FR", "JP"]]) {
    const given = content(countries);
    expect(type.parse(given)).toEqual({ ok: true, value: given });
    expect(setRewardOf(given as OfferContent<BoughtTogetherConfig>)).toEqual({ kind: "free-shipping", countries });
  }
});

test("what is no country, stands twice, or is too much to publish is refused at its place", () => {
  expect(refusals(["US", "us"])).toEqual(["config.countries.1 not-a-country"]);
  expect(refusals(["US", "US"])).toEqual(["config.countries.1 repeated"]);
  expect(refusals([])).toEqual(["config.countries too-few"]);
  const many = Array.from({ length: 200 }, (_, n) => String.fromCharCode(65 + (n % 26), 65 + Math.floor(n / 26)));
  expect(refusals(many)).toEqual(["config.countries too-much"]);
  expect(refusals(many.slice(0, 27))).toEqual([]);
});

test("a published set ships for free where its countries can be read", () => {
  const read = (countries: unknown, discountBasisPoints = 0) =>
    parseProductOffer({
      version: 2,
      offers: [
        {
          ...{ type: "bought-together", id: "bt-3-1", discountBasisPoints, set: 1 },
          ...{ setReward: { kind: "free-shipping", countries }, companions: [{ product: "2", weight: 1 }] },
        },
      ],
    })?.setReward;
  expect(read(null)).toEqual({ kind: "free-shipping", countries: null });
  expect(read(["CA"])).toEqual({ kind: "free-shipping", countries: ["CA"] });
  expect(read(["Canada"])).toBeUndefined();
  expect(read(7)).toBeUndefined();
  expect(read(null, 100)).toBeUndefined();
});
