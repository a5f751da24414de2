import { expect, test } from "vitest";
import { storefrontEntry } from "../../../app/domain/offers/types/goal/published.ts";
import { gid } from "../../../app/domain/ids.ts";
import { setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import type { DevShop } from "../../dev-store/shop/state.ts";
import { publishEveryWidget } from "../../fixtures/every-widget.ts";
import { gidOf, openShop, page, publishStorefront, TEA, textOf } from "../../fixtures/open-theme-shop.ts";

const CUP = gidOf(8002);
/** What may stand in the place of a value: text that would be an attribute, another kind, out of range. */
function wrongFor(value: unknown): readonly unknown[] {
  if (typeof value === "string") return ["x onmouseover=alert(1)"];
  return typeof value === "number" ? [{}, -1] : ['"><img src=x onerror=alert(1)>'];
}

/** Every place in a value, of lists the first two entries. */
function* placesIn(value: unknown, at: string[] = []): Generator<readonly [at: string[], value: unknown]> {
  if (at.length > 0) yield [at, value];
  if (typeof value !== "object" || value === null) return;
  const keys = Object.keys(value).slice(0, Array.isArray(value) ? 2 : undefined);
  for (const key of keys) yield* placesIn((value as Record<string, unknown>)[key], [...at, key]);
}

function withWrong(value: object, at: readonly string[], wrong: unknown): object {
  const copy = structuredClone(value) as Record<string, unknown>;
  const owner = at.slice(0, -1).reduce((found, key) => found[key] as Record<string, unknown>, copy);
  owner[at.at(-1)!] = wrong;
  return copy;
}

/** The first fault of the widgets of a page; undefined where there is none. */
function faultIn(document: Document): string | undefined {
  const liquid = /Liquid (syntax )?error[^<]{0,80}/.exec(textOf(document.body))?.[0];
  if (liquid) return liquid;
  for (const widget of document.querySelectorAll(".ts-widget")) {
    const parts = [widget, ...widget.querySelectorAll("*")];
    const injected = parts.find((part) => part.matches("[onmouseover],[onerror]"));
    if (injected) return injected.outerHTML.slice(0, 120);
    const texts = [textOf(widget), ...parts.flatMap((part) => [...part.attributes].map(({ value }) => value))];
    const odd = texts
      .map((text) => /.{0,30}(NaN|Infinity|undefined|\[object|-\$|\$-).{0,30}/.exec(text)?.[0])
      .find(Boolean);
    if (odd) return `${widget.localName}: ${odd}`;
  }
  return undefined;
}

function openWidgets() {
  const { shop, shopper } = openShop();
  publishEveryWidget(shop);
  const reward = { kind: "gift", product: [gid("Product", 8009)] } as const;
  const goal = storefrontEntry("goal-7", {
    ...{ amounts: { USD: 9_000 }, countries: ["US"], gap: 25 },
    tiers: [
      { from: { USD: 1_500 }, reward: { kind: "percent", basisPoints: 1_000 } },
      { from: { USD: 3_000 }, reward: { kind: "amount-off", amounts: { USD: 500 } } },
    ],
  });
  const gift = storefrontEntry("goal-8", { amounts: {}, countries: null, tiers: [{ from: { USD: 4_000 }, reward }] });
  const installation = `gid://shopify/AppInstallation/${shop.installation.id}`;
  setMetafield(shop, installation, "tsuide", "gifts", "list.product_reference", [gidOf(8009)]);
  return { shop, shopper, offersOfShop: { version: 2, enabled: true, offers: [goal, gift] } };
}

const offersOf = (shop: DevShop, owner: string) => {
  const found = [...shop.metafields.values()].find((one) => one.ownerId === owner && one.key === "offers");
  return JSON.parse(found!.value) as { offers: Record<string, unknown>[] };
};

/** With a list for one market, an earned credit and numbers of orders beside what every set has. */
function withAllOfASet(envelope: { offers: Record<string, unknown>[] }) {
  const [set, ...others] = envelope.offers;
  const companions = (set!.companions as object[]).map((one) => ({ ...one, orders: 40 }));
  const further = {
    companions,
    segments: [{ by: "market", is: "USD", companions: [{ product: "8009", weight: 0.4 }] }],
    ordersUntil: Math.floor(Date.now() / 1000),
    setReward: { kind: "store-credit", amounts: { USD: 100 } },
  };
  return { ...envelope, offers: [{ ...set, ...further }, ...others] };
}

test("one wrong value anywhere in what is published never shows as markup, as no number or as a negative price", async () => {
  const { shop, shopper, offersOfShop } = openWidgets();
  publishStorefront(shop, offersOfShop);
  await shopper.send("/cart/add.js", { items: [{ id: 40_020, quantity: 1 }] });
  const faults: string[] = [];
  const tryAll = async (value: object, publish: (value: object) => void, path: string) => {
    for (const [at, right] of placesIn(value)) {
      for (const wrong of wrongFor(right)) {
        publish(withWrong(value, at, wrong));
        const fault = faultIn(await page(shopper, path));
        if (fault) faults.push(`${at.join(".")} = ${JSON.stringify(wrong)}: ${fault}`);
      }
    }
    publish(value);
    expect(faultIn(await page(shopper, path))).toBeUndefined();
  };
  const publishOf = (owner: string) => (value: object) => setMetafield(shop, owner, "$app", "offers", "json", value);
  await tryAll(offersOfShop, (value) => publishStorefront(shop, value), "/cart");
  await tryAll(offersOf(shop, CUP), publishOf(CUP), "/cart");
  await tryAll(withAllOfASet(offersOf(shop, TEA)), publishOf(TEA), "/products/green-tea");
  expect(faults).toEqual([]);
});
