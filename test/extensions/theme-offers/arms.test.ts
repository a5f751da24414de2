import { expect, test } from "vitest";
import { setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import type { DevShop } from "../../dev-store/shop/state.ts";
import { publishEveryWidget } from "../../fixtures/every-widget.ts";
import { browse, openShop, page } from "../../fixtures/open-theme-shop.ts";

/* While offers are compared, pages carry what each arm is shown; without the script in the head only the control's part. */

interface Entry {
  readonly id: string;
  readonly type: string;
}

/** Gives each entry of each product a second one of another offer, whose number is 20 higher. */
function publishRivals(shop: DevShop): [control: string[], rivals: string[]] {
  const ids = new Map<string, string>();
  for (const [key, metafield] of shop.metafields) {
    if (!key.endsWith("|$app|offers")) continue;
    const envelope = JSON.parse(metafield.value) as { offers: Entry[] };
    const rivals = envelope.offers.map((entry) => {
      const [code, number, product] = entry.id.split("-");
      ids.set(`${code}-${number}`, `${code}-${Number(number) + 20}`);
      return { ...entry, id: `${code}-${Number(number) + 20}-${product}` };
    });
    const value = JSON.stringify({ ...envelope, offers: [...envelope.offers, ...rivals] });
    shop.metafields.set(key, { ...metafield, value });
  }
  return [[...ids.keys()], [...ids.values()]];
}

function publishSplit(shop: DevShop, ...arms: string[][]) {
  const installation = `gid://shopify/AppInstallation/${shop.installation.id}`;
  const experiment = [3, "offers", 0, 10_000, arms.map((hides) => [1, hides])];
  setMetafield(shop, installation, "tsuide", "split", "json", [1, "salt", 0, [experiment]]);
}

const WIDGETS = ["add-on", "breaks", "bundle", "mix", "set", "subscription", "upgrade", "xy"].map(
  (name) => `tsuide-${name}`,
);
/** The offers of a widget, by its claims. */
const offersIn = (element: Element) => [
  ...new Set(element.outerHTML.match(/\b[a-z]{2}-\d+(?=-\d+\/(?:product|cart|page))/g) ?? []),
];
const inArm = (element: Element) => element.closest("[data-arm]") !== null;

test.each(WIDGETS)("%s is there for the control and, out of sight, for the other arm", async (name) => {
  const { shop, shopper } = openShop();
  publishEveryWidget(shop);
  const [alone] = [...(await page(shopper, "/products/green-tea")).querySelectorAll(name)].map((one) => one.outerHTML);
  const [control, rivals] = publishRivals(shop);
  publishSplit(shop, rivals, control);
  const found = [...(await page(shopper, "/products/green-tea")).querySelectorAll(name)];
  expect(found.map(inArm)).toEqual([false, true]);
  expect(found[0]!.outerHTML).toBe(alone);
  const [own, theirs] = found.map(offersIn);
  expect(own!.length).toBe(1);
  expect(theirs).toEqual(own!.map((offer) => offer.replace(/\d+$/, (number) => String(Number(number) + 20))));
  expect(found[1]!.closest<HTMLElement>("[data-arm]")!.getAttribute("style")).toBe(
    "display:var(--ts-3-1,none);--ts-off:1",
  );
  const ids = found.flatMap((one) => [...one.querySelectorAll("[id]")].map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

/** What Liquid has written into the head: the split that the script reads, and the styles of each arm. */
async function head(shopper: ReturnType<typeof openShop>["shopper"]) {
  const { head: of } = await page(shopper, "/products/green-tea");
  const script = [...of.querySelectorAll("script:not([src])")].find((one) => one.textContent.includes("tsuideSplit"))!;
  // What stands in the script between "=" and the next statement.
  const text = script.textContent.slice(script.textContent.indexOf('[1,"salt"')).split(";")[0]!;
  return {
    split: (JSON.parse(text) as unknown[])[3],
    inCart: /"([^"]*)"\]\}?\)?\(\)/.exec(script.textContent.slice(-40))?.[1],
    styles: [...of.querySelectorAll("style")]
      .filter(({ textContent }) => textContent.includes("--ts-off"))
      .flatMap(({ textContent }) => [...textContent.matchAll(/(:root[^{} ]+) :is([^{]*)\{display:none\}/g)])
      .map(([, root, hidden]) => [root, [...new Set(hidden!.match(/(?<=")[a-z]{2}-\d+(?=[-/]")/g))].sort().join()]),
  };
}

test("where discounts differ the cart decides: one without items is to name an arm, one that names none is not split", async () => {
  const { shop, shopper, context } = openShop();
  context.embeds = ["experiments"];
  publishEveryWidget(shop);
  const installation = `gid://shopify/AppInstallation/${shop.installation.id}`;
  const arms = [
    [1, ["bt-21"]],
    [3, ["bt-1"]],
  ];
  const experiment = [3, "e3", 2000, 9000, arms];
  const publish = (byArm: boolean) =>
    setMetafield(shop, installation, "tsuide", "split", "json", [
      1,
      "salt",
      0,
      [byArm ? [...experiment, 1] : experiment],
    ]);
  publish(false);
  const ends = [
    3,
    "e3",
    2000,
    9000,
    [
      [2500, ["bt-21"]],
      [10_000, ["bt-1"]],
    ],
  ];
  expect(await head(shopper)).toEqual({ split: [ends], inCart: "", styles: [[':root[data-ts~="3,1"]', "bt-1"]] });
  publish(true);
  const all = ["bt-21", "bt-1"];
  expect(await head(shopper)).toEqual({
    split: [
      [
        3,
        "e3",
        2000,
        9000,
        [
          [2500, all],
          [10_000, all],
        ],
      ],
    ],
    inCart: "?",
    styles: [
      [':root[data-ts~="3,0"]', "bt-1,bt-21"],
      [':root[data-ts~="3,1"]', "bt-1,bt-21"],
    ],
  });
  await shopper.send("/cart/add.js", { items: [{ id: 40_020, quantity: 1 }] });
  expect(await head(shopper)).toEqual({ split: [], inCart: "", styles: [[':root[data-ts~="3,1"]', "bt-1"]] });
  const name = (text: string) => shopper.send("/cart/update.js", { attributes: { _tsuide_arms: text } });
  for (const forged of ["3.7", "3.1;x", "33.1", "9.9-".repeat(60) + "3.1"]) {
    await name(forged);
    expect((await head(shopper)).split).toEqual([]);
  }
  await name("0.1-3.1");
  expect(await head(shopper)).toEqual({
    split: [
      [
        3,
        "e3",
        0,
        10_000,
        [
          [0, ["bt-21"]],
          [10_000, ["bt-1"]],
        ],
      ],
    ],
    inCart: "0.1-3.1",
    styles: [[":root:root", "bt-1"]],
  });
  await name("3.1-3.0");
  expect((await head(shopper)).split).toEqual([
    [
      3,
      "e3",
      0,
      10_000,
      [
        [10_000, ["bt-21"]],
        [0, ["bt-1"]],
      ],
    ],
  ]);
});

test("what goes with the cart is a list for each arm, one of which takes the other's place", async () => {
  const { shop, shopper } = openShop();
  publishEveryWidget(shop);
  const [control, rivals] = publishRivals(shop);
  await shopper.send("/cart/add.js", { items: [{ id: 40_020, quantity: 8 }] });
  const before = await page(shopper, "/cart");
  publishSplit(shop, rivals, control);
  const document = await page(shopper, "/cart");
  const lists = [...document.querySelectorAll(".shopify-app-block tsuide-cart")];
  const style = (element: Element) => element.closest("[style^=display]")!.getAttribute("style");
  expect(lists.map(style)).toEqual(["display:var(--ts-bt,block)", "display:var(--ts-3-1,none);--ts-off:1"]);
  expect(lists.map((list) => offersIn(list).filter((offer) => offer.startsWith("bt")))).toEqual([["bt-1"], ["bt-21"]]);
  expect(lists[0]!.querySelectorAll("li").length).toBe(lists[1]!.querySelectorAll("li").length);
  expect(before.querySelectorAll("[data-arm]").length).toBe(0);
});

test("an arm that is shown nothing is shown no other offer in its place", async () => {
  const { shop, shopper } = openShop();
  publishEveryWidget(shop);
  const [control] = publishRivals(shop);
  publishSplit(shop, [], control);
  const document = await page(shopper, "/products/green-tea");
  expect(document.querySelectorAll("[data-arm]").length).toBe(0);
  expect([...document.querySelectorAll("tsuide-set")].map(offersIn)).toEqual([["bt-1"]]);
});

test("without the script in the head the other arm's widgets do nothing and publish nothing", async () => {
  const { shop, shopper } = openShop();
  publishEveryWidget(shop);
  const [control, rivals] = publishRivals(shop);
  publishSplit(shop, rivals, control);
  const { bus } = await browse(shopper, "/products/green-tea");
  const claims = bus.flatMap(([, published]) => published);
  expect(claims).toContain("bt-1-8001/product");
  expect(claims.filter((claim) => rivals.some((rival) => claim.startsWith(rival)))).toEqual([]);
});
