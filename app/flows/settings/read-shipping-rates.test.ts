import { afterAll, beforeAll, expect, test } from "vitest";
import { smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { installShop } from "../shop/install-shop.ts";
import { readShippingRates } from "./read-shipping-rates.ts";

const HOME = { id: "1", handle: "home", name: "Home", countries: ["US"], currency: "USD", rate: 1, locales: ["en"] };
const JAPAN = { ...HOME, id: "2", handle: "jp", name: "Japan", countries: ["JP"], currency: "JPY", rate: 150 };
const CANADA = { ...HOME, id: "3", handle: "ca", name: "Canada", countries: ["CA"] };

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop(["101"], { markets: [HOME, JAPAN, CANADA] });
  app = await wireApp([shop]);
  await app.signIn();
  await installShop(app.shop, app.context);
});
afterAll(() => app.close());

const kept = async () => (await inShop(app.context.database, app.shop, readShopSettings)).shippingRates;

/** Has Shopify answer differently: what `change` makes of its text. */
async function answering<T>(change: (answer: string) => string, work: () => Promise<T>): Promise<T> {
  const { fetch } = app.store;
  app.store.fetch = async (request) => {
    const answer = await fetch(request);
    return new Response(change(await answer.text()), { status: answer.status, headers: answer.headers });
  };
  return work().finally(() => (app.store.fetch = fetch));
}

test("a shop on delivery profiles proposes the amount from which its free rate holds", async () => {
  Object.assign(shop, { shipping: { flatMinor: 500, freeFromMinor: 7500 }, marketDrivenShipping: false });
  expect(await readShippingRates(app.shop, app.context)).toEqual([
    { amountMinor: 7500, currency: "USD", countries: null },
  ]);
  expect(await kept()).toEqual([{ amountMinor: 7500, currency: "USD", countries: null }]);
});

test("a shop on market-driven shipping proposes one amount for each currency, in that currency's own units", async () => {
  Object.assign(shop, { shipping: { flatMinor: 500, freeFromMinor: 6000 }, marketDrivenShipping: true });
  expect(await readShippingRates(app.shop, app.context)).toEqual([
    { amountMinor: 9000, currency: "JPY", countries: ["JP"] },
    { amountMinor: 6000, currency: "USD", countries: ["CA", "US"] },
  ]);
  expect(await kept()).toHaveLength(2);
});

test("each market's amount is proposed for its own countries", async () => {
  for (const country of ["US", "CA"]) {
    const lowerThere = (answer: string) =>
      answer
        .split('{"status"')
        .map((market) => (market.includes(`"code":"${country}"`) ? market.replace('"60.0"', '"30.0"') : market))
        .join('{"status"');
    const proposed = await answering(lowerThere, () => readShippingRates(app.shop, app.context));
    expect(proposed).toContainEqual({ amountMinor: 3000, currency: "USD", countries: [country] });
  }
});

test("a market that is off, or whose shipping is, proposes nothing", async () => {
  const off = (answer: string) => answer.replaceAll('"ACTIVE"', '"DRAFT"');
  expect(await answering(off, () => readShippingRates(app.shop, app.context))).toEqual([]);
  const disabled = (answer: string) => answer.replaceAll('"isEnabled":true', '"isEnabled":false');
  expect(await answering(disabled, () => readShippingRates(app.shop, app.context))).toEqual([]);
});

test("the free rate of one zone is proposed for the countries of that zone alone", async () => {
  const shipping = { flatMinor: 500, freeFromMinor: 5000, freeCountries: ["US"] };
  Object.assign(shop, { shipping, marketDrivenShipping: false });
  expect(await readShippingRates(app.shop, app.context)).toEqual([
    { amountMinor: 5000, currency: "USD", countries: ["US"] },
  ]);
});

test("where more zones exist than are read, nothing is said of the rest of the world", async () => {
  const shipping = { flatMinor: 500, freeFromMinor: 5000, freeCountries: ["US"] };
  Object.assign(shop, { shipping, marketDrivenShipping: false });
  const restIsFree = (answer: string) =>
    answer
      .replace('"countryCode":"US","restOfWorld":false', '"countryCode":null,"restOfWorld":true')
      .replace(
        '"locationGroupZones":{"pageInfo":{"hasNextPage":false}',
        '"locationGroupZones":{"pageInfo":{"hasNextPage":true}',
      );
  expect(await answering(restIsFree, () => readShippingRates(app.shop, app.context))).toEqual([]);
});

test.each([
  ["a rate that is not active", '"active":true', '"active":false'],
  ["a rate that is not free", '"amount":"0.0"', '"amount":"1.0"'],
  ["a carrier's own rate", /"price":\{[^}]*\}/g, '"__typename":"DeliveryParticipant"'],
  ["a rate by weight", '"TOTAL_PRICE"', '"TOTAL_WEIGHT"'],
])("%s says nothing about free shipping", async (_, from, to) => {
  Object.assign(shop, { shipping: { flatMinor: 500, freeFromMinor: 7500 }, marketDrivenShipping: false });
  const seen: string[] = [];
  const change = (answer: string) => {
    seen.push(answer);
    return answer.replaceAll(from, to);
  };
  expect(await answering(change, () => readShippingRates(app.shop, app.context))).toEqual([]);
  // The rule was there to be changed.
  expect(seen.join().replaceAll(from, to)).not.toBe(seen.join());
});

test("a shop that never ships free proposes nothing", async () => {
  for (const marketDrivenShipping of [false, true]) {
    Object.assign(shop, { shipping: { flatMinor: 500, freeFromMinor: null }, marketDrivenShipping });
    expect(await readShippingRates(app.shop, app.context)).toEqual([]);
  }
});

test.each([
  ["delivery profiles", false, "read_shipping"],
  ["market-driven shipping", true, "read_markets"],
])("where %s cannot be read, what was proposed before is withdrawn and nothing fails", async (_, byMarket, scope) => {
  Object.assign(shop, { shipping: { flatMinor: 500, freeFromMinor: 7500 }, marketDrivenShipping: byMarket });
  await readShippingRates(app.shop, app.context);
  expect(await kept()).not.toEqual([]);
  const { scopes } = shop.installation;
  shop.installation.scopes = scopes.filter((one) => one !== scope);
  await app.signIn();
  expect(await readShippingRates(app.shop, app.context)).toEqual([]);
  expect(await kept()).toEqual([]);
  shop.installation.scopes = scopes;
  await app.signIn();
});
