import { afterAll, beforeAll, expect, test } from "vitest";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallShop } from "../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { Shopper } from "../../test/dev-store/storefront/sample-shop.ts";
import { handleStorefront } from "../../test/dev-store/storefront/handle-storefront.ts";
import type { DevShop } from "../../test/dev-store/shop/state.ts";
import { numberOfTag } from "../domain/pricing/customer-tags.ts";
import { contentShape } from "../domain/offers/offer-types.ts";
import { publishedCampaign } from "../domain/offers/shopper-conditions/campaign.ts";
import { createNewOffer } from "../flows/offers/save-offer.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import type { SimulatorView } from "../views/simulator-view.ts";
import * as tags from "./app.customer-tags.tsx";
import * as route from "./app.simulator.tsx";

const TEA = "9101";
const numbers: number[] = [];
let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop(["101", "102"]);
  app = await wireApp([shop], { now: () => Date.UTC(2026, 10, 28, 12) });
  await app.signIn();
  await installShop(app.shop, app.context);
  numbers.push(
    await breaks("Japan", 300, 1_000, { shoppers: [[{ shopper: "countries", matches: "any", inCountries: ["JP"] }]] }),
    await breaks("Regulars", 200, 2_000, {
      shoppers: [[{ shopper: "customer", who: "returning" }]],
      forBusiness: false,
    }),
    await breaks("All shoppers", 100, 500, {}),
    await breaks("Never reached", 50, 5_000, {}),
  );
  await app.drain();
});
afterAll(() => app.close());

async function breaks(name: string, priority: number, basisPoints: number, audience: object): Promise<number> {
  const answer = await save(name, priority, basisPoints, audience);
  if (answer.code !== "saved") throw new Error(`Not saved: ${JSON.stringify(answer)}`);
  return answer.number!;
}

function save(name: string, priority: number, basisPoints: number, audience: object) {
  const content = contentShape("quantity-breaks").default;
  const whole = {
    ...{ ...content, status: "active", name, priority },
    audience: { ...content.audience, ...audience },
    conditions: [[{ condition: "products", products: ["gid://shopify/Product/101"] }]],
    config: { variants: "together", tiers: [{ quantity: 2, reward: { kind: "percent", basisPoints } }] },
  };
  return createNewOffer(app.shop, "quantity-breaks", whole, app.context);
}

async function simulate(query: string): Promise<SimulatorView> {
  const request = pageRequest(`/app/simulator?_data=routes%2Fapp.simulator&cart=${TEA}x2&${query}`, { shop: app.shop });
  return (await route.loader({ request, params: {}, context: app.loadContext })).view;
}

test("a product carries the offers of all shoppers up to the first that is for all shoppers", () => {
  const held = [...shop.metafields.values()].find(({ ownerId, key }) => ownerId.endsWith("/101") && key === "offers");
  const { offers } = JSON.parse(held!.value) as { offers: { id: string; tests?: string }[] };
  expect(offers.map(({ id, tests }) => [id, tests])).toEqual([
    [`qb-${numbers[0]}-101`, "cJP"],
    [`qb-${numbers[1]}-101`, "!b+o1"],
    [`qb-${numbers[2]}-101`, undefined],
  ]);
  const policy = [...shop.metafields.values()].find(({ key }) => key === "policy");
  expect((JSON.parse(policy!.value) as { rules: string }).rules).toContain(`xq${numbers[0]},cJP;xq${numbers[1]},!b+o1`);
});

test.each([
  ["country=JP&customer=4", 0, 400],
  ["country=US&customer=4", 1, 800],
  ["customer=4", 1, 800],
  ["customer=4b&country=US", 2, 200],
  ["country=US", 2, 200],
  ["customer=0&country=DE", 2, 200],
])("the first offer that is for the shopper applies: %s", async (query, place, savedMinor) => {
  for (const state of ["published", "planned"]) {
    const view = await simulate(`${query}&state=${state}`);
    expect(view.totals?.savedMinor).toBe(savedMinor);
    const applied = view.offers.filter(({ outcome }) => outcome.code === "applied");
    expect(applied.map(({ number }) => number)).toEqual([numbers[place]]);
  }
});

test("the simulator says which conditions keep an offer from a shopper, and which offer comes first", async () => {
  const outcomes = async (query: string) => {
    const { offers } = await simulate(query);
    return numbers.map((number) => offers.find((one) => one.number === number)?.outcome);
  };
  expect(await outcomes("country=US&customer=4b")).toMatchObject([
    { code: "other-shoppers", conditions: ["countries"] },
    { code: "other-shoppers", conditions: ["business"] },
    { code: "applied" },
    { code: "outranked", by: numbers[2] },
  ]);
  expect(await outcomes("country=JP")).toMatchObject([
    { code: "applied" },
    { code: "other-shoppers", conditions: ["customer"] },
    { code: "outranked", by: numbers[0] },
    { code: "outranked", by: numbers[0] },
  ]);
});

test("an offer for a tag is published with the tags that Shopify is asked about, and priced by them everywhere", async () => {
  shop.customerTags = { "901": ["VIP"], "902": ["staff"] };
  const shoppers = [[{ shopper: "customer-tags", matches: "any", inTags: ["Wholesale", "vip"] }]];
  const number = await breaks("Members", 400, 3_000, { shoppers });
  await app.drain();
  const held = (key: string) =>
    JSON.parse([...shop.metafields.values()].find((one) => one.key === key)!.value) as object;
  expect(held("asked")).toEqual({ tags: ["Wholesale", "vip"] });
  expect(held("storefront")).toMatchObject({
    tags: { [numberOfTag("wholesale")]: "Wholesale", [numberOfTag("vip")]: "vip" },
  });
  expect((await simulate("customer=0&tags=garden,VIP")).totals?.savedMinor).toBe(1_200);
  expect((await simulate("customer=0&tags=garden")).totals?.savedMinor).toBe(200);
  expect((await simulate("tags=VIP")).offers.find((one) => one.number === number)?.outcome).toMatchObject({
    code: "other-shoppers",
    conditions: ["customer-tags"],
  });
  const paid = async (customer: string | null) => {
    const shopper = new Shopper((request) => handleStorefront(request, app.store.context(app.shop)));
    if (customer !== null) await shopper.submit("/account/login", { customer_id: customer });
    await shopper.send("/cart/add.js", { items: [{ id: Number(TEA), quantity: 2 }] });
    return (await shopper.json<{ total_discount: number }>("/cart.js")).total_discount;
  };
  expect([await paid("901"), await paid("902"), await paid(null)]).toEqual([1_200, 200, 200]);
});

test("an offer for a campaign is published by numbers alone, and changes no price", async () => {
  const audience = (...inCampaigns: string[]) => ({
    ...contentShape("add-on").default.audience,
    shoppers: [[{ shopper: "campaign", parameter: "source", inCampaigns }]],
  });
  const set = contentShape("bought-together").default;
  const create = (given: object) =>
    createNewOffer(
      app.shop,
      "bought-together",
      { ...set, status: "active", name: "Letter", priority: 500, ...given },
      app.context,
    );
  const whom = audience("Letter", "夏のメール");
  expect(await create({ audience: whom, reward: { kind: "percent", basisPoints: 1_000 } })).toEqual({
    ...{ code: "invalid", errors: { "audience.shoppers.0.0.shopper": "not-with-reward" } },
  });
  expect(await save("Breaks", 400, 3_000, whom)).toEqual({
    ...{ code: "invalid", errors: { "audience.shoppers.0.0.shopper": "not-possible-here" } },
  });
  const answer = await create({ audience: whom });
  expect(answer.code).toBe("saved");
  const number = answer.code === "saved" ? answer.number : 0;
  await app.drain();
  const split = [...shop.metafields.values()].find(({ key }) => key === "split")!.value;
  const campaign = publishedCampaign({ parameter: "source", inCampaigns: ["夏のメール", "letter"] });
  expect(JSON.parse(split)).toEqual([1, expect.any(String), 500, [], [campaign]]);
  expect(split).not.toMatch(/letter|夏/i);
  expect((await simulate("country=US&campaign=utm_source%3Dletter")).totals?.savedMinor).toBe(200);
  const outcomeOf = async (query: string) =>
    (await simulate(query)).offers.find((one) => one.number === number)?.outcome.code;
  const link = `campaign=${encodeURIComponent("utm_source=LETTER&utm_campaign=x")}&state=planned`;
  expect([await outcomeOf("state=planned"), await outcomeOf(link)]).toEqual(["other-shoppers", "nothing-to-offer"]);

  const tooMany = Array.from({ length: 10 }, (_, n) => [{ ...whom.shoppers[0]![0]!, inCampaigns: [`c${n}`] }]);
  const groups = (from: number, to: number) => ({ ...whom, shoppers: tooMany.slice(from, to) });
  expect((await create({ audience: groups(0, 5) })).code).toBe("saved");
  expect(await create({ audience: groups(5, 10) })).toEqual({
    ...{ code: "invalid", errors: { "audience.shoppers": "too-many-campaigns" } },
  });
});

test("staff can take tags from those of the shop's customers, and type them where Shopify does not say", async () => {
  const load = async () => {
    const request = pageRequest("/app/customer-tags", { shop: app.shop });
    return tags.loader({ request, params: {}, context: app.loadContext });
  };
  expect(await load()).toEqual({ tags: ["VIP", "staff"] });
  const { scopes } = shop.installation;
  app.store.context(app.shop).setScopes(scopes.filter((scope) => scope !== "read_customers"));
  expect(await load()).toEqual({ tags: [] });
  app.store.context(app.shop).setScopes(scopes);
});

test("more conditions than can be published are refused, and said at the conditions", async () => {
  const inCountries = Array.from(
    { length: 50 },
    (_, n) => `${n < 26 ? "A" : "B"}${String.fromCharCode(65 + (n % 26))}`,
  );
  const audience = { shoppers: [[{ shopper: "countries", matches: "none", inCountries }]] };
  const answers = [];
  for (let n = 0; n < 30; n++) answers.push(await save(`Long ${n}`, 1, 100, audience));
  const refused = answers.filter(({ code }) => code !== "saved");
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.at(-1)).toEqual({ code: "invalid", errors: { "audience.shoppers": "too-many-offers" } });
});
