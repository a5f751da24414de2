import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ShopperFacts } from "../../../app/domain/pricing/buyer-facts.ts";
import { numberOfTag } from "../../../app/domain/pricing/customer-tags.ts";
import { tagsByNumber } from "../../../app/domain/offers/shopper-conditions/asked-tags.ts";
import { entriesInForce } from "../../../app/domain/publishing/entries-in-force.ts";
import { setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import { publishEveryWidget } from "../../fixtures/every-widget.ts";
import { openShop, page, publishEnvelope, publishStorefront, textOf } from "../../fixtures/open-theme-shop.ts";
import { smallOrder } from "../../fixtures/small-shop.ts";

const MARKETS = [
  { id: "1", handle: "us", name: "US", countries: ["US", "CA"], currency: "USD", rate: 1, locales: ["en"] },
  { id: "2", handle: "jp", name: "JP", countries: ["JP"], currency: "JPY", rate: 150, locales: ["en", "ja"] },
];
/** One cart and one visitor of the storefront: two units of the tea are $39.90 or 5,985 yen. */
interface Visit {
  readonly country: "US" | "CA" | "JP";
  readonly language: "en" | "ja";
  readonly orders: number | null;
  /** Tags of the customer, as staff typed them. */
  readonly tags: readonly string[];
  readonly business: boolean;
  readonly units: number;
}

/** The tags that offers of the shop ask for. */
const ASKED = ["vip", "Garden Club", "Été"];

async function open({ country, orders, business, units, tags: own }: Visit) {
  const customer = { businessCustomers: business ? ["901"] : [], customerTags: { "901": own } };
  const opened = openShop({ markets: MARKETS, ...customer });
  publishStorefront(opened.shop, { version: 2, offers: [], tags: tagsByNumber(ASKED) });
  for (let n = 0; n < (orders ?? 0); n++) {
    opened.shop.orders.set(String(n), { ...smallOrder(String(n), ["8002"], Date.UTC(2026, 9, 1)), customerId: "901" });
  }
  await opened.shopper.submit("/localization", { country_code: country });
  if (orders !== null) await opened.shopper.submit("/account/login", { customer_id: "901" });
  if (units > 0) await opened.shopper.send("/cart/add.js", { items: [{ id: 40_010, quantity: units }] });
  return opened;
}

function factsOf({ country, language, orders, business, units, tags: own }: Visit): ShopperFacts {
  const currency = country === "JP" ? "JPY" : "USD";
  const signedIn = orders !== null;
  return {
    ...{ country, language, currency, signedIn, orders, business: signedIn && business, counter: false, units },
    tags: signedIn ? own.map(numberOfTag) : [],
    valueMinor: units * (currency === "JPY" ? 2_993 : 1_995),
  };
}

/** Breaks that differ in what they take off, so many percent. */
const breaks = (percent: number, tests?: string) => ({
  ...{ type: "quantity-breaks", id: `qb-${percent}-8001`, together: true, ...(tests !== undefined && { tests }) },
  tiers: [{ from: 1, reward: { kind: "percent", basisPoints: percent * 100 } }],
});

const [vip, club, summer] = ASKED.map(numberOfTag);
const test1 = fc.constantFrom(
  ...[
    "cUS",
    "cJP.DE",
    "!cCA",
    "mJPY",
    "!mUSD.EUR",
    "lja",
    "!lja.pt-br",
    "s",
    "!s",
    "b",
    "!b",
    "o1",
    "o0-0",
    "o2-3",
    "!o2",
  ],
  ...[`t${vip}`, `!t${vip}`, `t${club}.${summer}`, `!t${summer}.${club}`, "t", "!t"],
  ...["n1", "!n3", "vUSD3990.JPY5986", "!vUSD3990.JPY5986", "vEUR1", "!vEUR1", "p", "!p", "z1", "!z1"],
);
const group = fc.array(test1, { minLength: 1, maxLength: 3 }).map((tests) => tests.join("+"));
const tests = fc.array(group, { minLength: 1, maxLength: 2 }).map((groups) => groups.join("|"));
const visit: fc.Arbitrary<Visit> = fc.record({
  country: fc.constantFrom("US", "CA", "JP"),
  language: fc.constantFrom("en", "ja"),
  orders: fc.option(fc.integer({ min: 0, max: 3 })),
  tags: fc.subarray(["VIP", "garden club", "été", "été", "vip2", "club"]),
  business: fc.boolean(),
  units: fc.integer({ min: 0, max: 3 }),
});

test("product pages show the offer that is for the shopper, as checkout decides", async () => {
  await fc.assert(
    fc.asyncProperty(visit, tests, tests, fc.boolean(), async (who, first, second, hasLast) => {
      const offers = [breaks(10, first), breaks(20, second), ...(hasLast ? [breaks(30)] : [])];
      const { shop, shopper } = await open(who);
      publishEnvelope(shop, { version: 2, offers });
      const document = await page(shopper, `${who.language === "ja" ? "/ja" : ""}/products/green-tea`);
      expect(textOf(document.body)).not.toContain("Liquid error");
      const shown = document.querySelector("tsuide-breaks")?.getAttribute("data-tiers") ?? null;
      const [expected] = entriesInForce(offers, factsOf(who)) as ReturnType<typeof breaks>[];
      expect(shown).toBe(expected === undefined ? null : `1:percent:${expected.tiers[0]!.reward.basisPoints}`);
    }),
    { numRuns: 60 },
  );
});

/** Sets that differ in their offer. */
const set = (number: number, tests?: string) => ({
  ...{ type: "bought-together", id: `bt-${number}-8001`, discountBasisPoints: 0, set: 1, ...(tests && { tests }) },
  companions: [{ product: "8002", weight: 0.5 }],
});

/** The set that a page shows a visit of these campaigns, by the rule that the styles of the page's head follow. */
function shownSet(document: Document, campaigns: readonly number[]): string | null {
  const widgets = [...document.querySelectorAll("tsuide-set")];
  const ofCampaign = (widget: Element) => widget.closest("[data-arm]")?.getAttribute("data-arm");
  const own = widgets.find((widget) => campaigns.some((number) => ofCampaign(widget) === `u${number}`));
  const shown = own ?? widgets.find((widget) => ofCampaign(widget) === undefined);
  return shown?.getAttribute("data-claim")?.replace("/product", "") ?? null;
}

test("product pages carry the offer of each campaign, and for all others the next one", async () => {
  const withCampaigns = fc.array(
    fc
      .tuple(fc.array(test1, { maxLength: 2 }), fc.option(fc.constantFrom("u5", "u6", "u7")))
      .filter(([own, campaign]) => own.length > 0 || campaign !== null)
      .map(([own, campaign]) => [...own, ...(campaign === null ? [] : [campaign])].join("+")),
    { minLength: 1, maxLength: 2 },
  );
  const ofOffer = withCampaigns.map((groups) => groups.join("|"));
  await fc.assert(
    fc.asyncProperty(visit, ofOffer, ofOffer, ofOffer, fc.boolean(), async (who, first, second, third, hasLast) => {
      const offers = [set(1, first), set(2, second), set(3, third), ...(hasLast ? [set(4)] : [])];
      const { shop, shopper } = await open({ ...who, units: 0 });
      const installation = `gid://shopify/AppInstallation/${shop.installation.id}`;
      setMetafield(shop, installation, "tsuide", "split", "json", [
        1,
        "salt",
        0,
        [],
        [
          [5, 1],
          [6, 2],
          [7, 3],
        ],
      ]);
      publishEnvelope(shop, { version: 2, offers }, [8002]);
      const document = await page(shopper, `${who.language === "ja" ? "/ja" : ""}/products/green-tea`);
      expect(textOf(document.body)).not.toContain("Liquid error");
      for (const campaigns of [[], [5], [6], [5, 7], [5, 6, 7]]) {
        const [expected] = entriesInForce(offers, { ...factsOf({ ...who, units: 0 }), campaigns });
        expect(shownSet(document, campaigns)).toBe(expected?.id ?? null);
      }
    }),
    { numRuns: 40 },
  );
});

test("the goal of a shopper is the lowest of those that are for them", async () => {
  const goal = (number: number, dollars: number, given: object = {}) => ({
    ...{ type: "goal", id: `goal-${number}`, goal: { USD: dollars * 100 }, ...given },
  });
  const missing = async (orders: number | null) => {
    const { shop, shopper } = await open({
      country: "US",
      language: "en",
      orders,
      business: false,
      units: 1,
      tags: [],
    });
    publishStorefront(shop, { version: 2, offers: [goal(1, 30, { tests: "o1" }), goal(2, 50)] });
    return textOf((await page(shopper, "/cart")).querySelector("tsuide-goal"));
  };
  expect(await missing(2)).toContain("$10.05");
  expect(await missing(0)).toContain("$30.05");
  expect(await missing(null)).toContain("$30.05");
});

/** The same offers, each after one for another country whose id begins with the whole of its id. */
const amongOthers = (offers: readonly { id: string }[]) =>
  offers.flatMap((offer) => [{ ...offer, id: `${offer.id}9`, tests: "cZZ" }, offer]);

test.each([
  ["/products/green-tea", ["set", "breaks", "add-on", "upgrade", "xy", "mix", "subscription"]],
  ["/cart", ["goal", "cart"]],
])("an offer for others hides none on %s whose id its own begins with", async (path, widgets) => {
  const goals = [{ type: "goal", id: "goal-1", goal: { USD: 7500 } }];
  const html = async (isAmongOthers: boolean) => {
    const { shop, shopper } = openShop();
    publishEveryWidget(shop);
    const offersOf = (offers: readonly { id: string }[]) => (isAmongOthers ? amongOthers(offers) : offers);
    for (const product of ["8001", "8002"]) {
      const owner = `gid://shopify/Product/${product}`;
      const published = shop.metafields.get(`${owner}|$app|offers`)!;
      const { offers } = JSON.parse(published.value) as { offers: { id: string }[] };
      setMetafield(shop, owner, "$app", "offers", "json", { version: 2, offers: offersOf(offers) });
    }
    publishStorefront(shop, { version: 2, offers: offersOf(goals) });
    await shopper.send("/cart/add.js", { items: [{ id: 40_020, quantity: 2 }] });
    return (await (await shopper.ask(path)).text()).replace(/\?v=[\w.]+/g, "");
  };
  const shown = await html(false);
  for (const widget of widgets) expect(shown).toContain(`<tsuide-${widget} `);
  expect(await html(true)).toBe(shown);
});

test("every block and snippet that looks through published offers asks for whom they are", () => {
  const folder = join(import.meta.dirname, "../../../extensions/theme-offers");
  const files = ["blocks", "snippets"].flatMap((one) =>
    readdirSync(join(folder, one)).map((file) => ({ file, text: readFileSync(join(folder, one, file), "utf8") })),
  );
  const readers = files.filter(({ text }) => /(?:envelope|config)\.offers/.test(text));
  expect(readers.length).toBeGreaterThan(5);
  const asking = readers.filter(({ text }) => text.includes("render 'tsuide-others'") && /others contains/.test(text));
  expect(asking.map(({ file }) => file)).toEqual(readers.map(({ file }) => file));
});
