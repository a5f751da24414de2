import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readEntry } from "../../../app/domain/offers/types/add-on/published.ts";
import type { UnreadEntry } from "../../../app/domain/publishing/entry.ts";
import { browse, openShop, page, publishEnvelope, textOf } from "../../fixtures/open-theme-shop.ts";

const styles = readFileSync(join(import.meta.dirname, "../../../extensions/theme-offers/assets/tsuide.css"), "utf8");

/** The tea costs $19.95; the cup (8002) $12.50, the strainer (8004) $8.99, the scoop (8009) $6.45, the tray (8007) $34.50. */
const TEA = 40_010;
const SCOOP = 40_090;
const CUP = 40_020;
const entry = (given: object = {}) => ({
  ...{ type: "add-on", id: "ao-4-8001", cap: 70 },
  addOns: [{ product: "8009", text: { en: "Measures <one> cup", ja: "1杯分を量れます" } }, { product: "8002" }],
  ...given,
});
const envelope = (...offers: unknown[]) => ({ version: 2, offers });
const LISTED = [8009, 8002, 8007, 8001];
const widget = (document: Document) => document.querySelector<HTMLElement>("tsuide-add-on");
const rows = (document: Document) => [...document.querySelectorAll("tsuide-add-on label")].map(textOf);

async function render(offer: unknown, path = "/products/green-tea", trayMinor = 3_450) {
  const { shop, shopper } = openShop();
  for (const variant of shop.products.get("8007")!.variants) variant.priceMinor = trayMinor;
  publishEnvelope(shop, envelope(offer), LISTED);
  const document = await page(shopper, path);
  expect(textOf(document.body)).not.toContain("Liquid error");
  return { document, shop, shopper };
}

describe("add-ons, as Liquid renders them", () => {
  test("are unticked boxes with title, price and the merchant's text, which is escaped", async () => {
    const { document } = await render(entry());
    expect(rows(document)).toEqual(["Tea Scoop Measures <one> cup $6.45", "Tea Cup $12.50"]);
    const ticks = [...document.querySelectorAll<HTMLInputElement>("tsuide-add-on input[type=checkbox]")];
    expect(ticks.map(({ checked, name, value }) => [checked, name, value])).toEqual([
      [false, "", String(SCOOP)],
      [false, "", String(CUP)],
    ]);
    expect(textOf(document.querySelector("tsuide-add-on fieldset > legend"))).toBe("Add to your order");
  });

  test("are in Japanese, with the merchant's Japanese text", async () => {
    const { document } = await render(entry(), "/ja/products/green-tea");
    expect(textOf(widget(document))).toContain("一緒に追加できるオプション");
    expect(rows(document)[0]).toContain("1杯分を量れます");
  });

  test("leave out what costs more than its share, is sold out, or is the product itself", async () => {
    const addOns = ["8001", "8007", "8009", "8002", "8003"].map((product) => ({ product }));
    const { document } = await render(entry({ cap: 50, addOns }));
    expect(rows(document)).toEqual(["Tea Scoop $6.45"]);
  });

  test("let shoppers choose among those variants that can be added", async () => {
    const { document } = await render(entry({ cap: 100, addOns: [{ product: "8007" }] }), "/products/green-tea");
    expect(widget(document)).toBeNull();
    const cheaper = await render(entry({ addOns: [{ product: "8007" }] }), "/products/green-tea", 900);
    const options = [...cheaper.document.querySelectorAll("tsuide-add-on select option")].map(textOf);
    expect(options).toHaveLength(2);
    expect(options[0]).toContain("Medium");
    const single = await render(entry({ cap: 100, addOns: [{ product: "8002" }] }));
    expect(single.document.querySelector("tsuide-add-on select")).toBeNull();
  });

  test.each([
    [{}, true],
    [{ cap: 0 }, false],
    [{ cap: 101 }, false],
    [{ cap: 2.5 }, false],
    [{ cap: "70" }, false],
    [{ addOns: [] }, false],
    [{ addOns: [{ product: 8009 }] }, false],
    [{ addOns: [{}, { product: "8009" }] }, true],
    [{ addOns: [{ product: "8009", text: "x" }] }, true],
    [{ type: "goal" }, false],
  ])("are shown exactly where the domain reads them: %j", async (given, isShown) => {
    const published = entry(given);
    expect(readEntry(published as unknown as UnreadEntry) !== null).toBe(isShown);
    expect(widget((await render(published)).document) !== null).toBe(isShown);
  });

  test("are added by the block's own form without a script, one at a time and nested", async () => {
    const { document, shopper } = await render(entry());
    const form = document.querySelector<HTMLFormElement>("tsuide-add-on form")!;
    const button = form.querySelector<HTMLButtonElement>(`button[value="${SCOOP}"]`)!;
    expect(textOf(button)).toBe("Add to cart with Tea Scoop");
    const fields = Object.fromEntries(new form.ownerDocument.defaultView!.FormData(form).entries());
    await shopper.submit(form.getAttribute("action")!, { ...(fields as object), [button.name]: button.value });
    expect(await linesOf(shopper)).toEqual([
      [TEA, 1, null, {}],
      [SCOOP, 1, TEA, { _tsuide: "ao-4-8001/product" }],
    ]);
  });
});

interface Cart {
  items: {
    variant_id: number;
    key: string;
    quantity: number;
    properties: object;
    parent_relationship?: { parent_key: string };
  }[];
}

/** Each line of the cart: variant, quantity, the variant it is nested under, and properties. */
async function linesOf(shopper: { json<T>(path: string): Promise<T> }) {
  const { items } = await shopper.json<Cart>("/cart.js");
  return items.map(({ variant_id, quantity, parent_relationship, properties }) => {
    const parent = items.find(({ key }) => key === parent_relationship?.parent_key);
    return [variant_id, quantity, parent?.variant_id ?? null, properties];
  });
}

test("three add-ons add at most 2,800 bytes of HTML to a page", async () => {
  const addOns = ["8009", "8002", "8004"].map((product) => ({ product, text: { en: "What you get, in one line." } }));
  const { shop, shopper } = openShop();
  publishEnvelope(shop, envelope(entry({ addOns })), [8009, 8002, 8004]);
  const document = await page(shopper, "/products/green-tea");
  expect(rows(document)).toHaveLength(3);
  expect(widget(document)!.closest(".shopify-app-block")!.outerHTML.length).toBeLessThanOrEqual(2_800);
});

describe("what is ticked", () => {
  async function ticked(...indexes: number[]) {
    const { shop, shopper } = openShop();
    publishEnvelope(shop, envelope(entry()), LISTED);
    const opened = await browse(shopper, "/products/green-tea");
    const ticks = [...opened.document.querySelectorAll<HTMLInputElement>("tsuide-add-on [data-tick]")];
    for (const index of indexes) ticks[index]!.click();
    return { ...opened, shopper };
  }
  const NESTED = { _tsuide: "ao-4-8001/product" };

  test("is added by the theme's own request, whose answer has the fields of the product's line", async () => {
    const { window, requests, shopper } = await ticked(0, 1);
    const body = JSON.stringify({ id: TEA, quantity: 2, properties: { Name: "Aiko" }, sections: "header" });
    const headers = { "content-type": "application/json" };
    const answer = await (await window.fetch("/cart/add.js", { method: "POST", headers, body })).json();
    expect(answer).toMatchObject({ id: TEA, quantity: 2, sections: { header: expect.anything() as string } });
    expect(answer.items).toHaveLength(3);
    expect(requests.filter(({ path }) => path === "/cart/add.js")).toHaveLength(1);
    expect(await linesOf(shopper)).toEqual([
      [TEA, 2, null, { Name: "Aiko" }],
      [CUP, 2, TEA, NESTED],
      [SCOOP, 2, TEA, NESTED],
    ]);
  });

  test("goes along with a list of one, and with fields of a form", async () => {
    const { window, shopper } = await ticked(0);
    const headers = { "content-type": "application/json" };
    await window.fetch("/cart/add.js", { method: "POST", headers, body: JSON.stringify({ items: [{ id: TEA }] }) });
    expect(await linesOf(shopper)).toEqual([
      [TEA, 1, null, {}],
      [SCOOP, 1, TEA, NESTED],
    ]);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    await window.fetch("/cart/add", { method: "POST", headers: form, body: `id=${TEA}&quantity=2` });
    expect(await linesOf(shopper)).toEqual([
      [TEA, 3, null, {}],
      [SCOOP, 3, TEA, NESTED],
    ]);
  });

  test.each([
    ["another product", { id: CUP }],
    ["several products", { items: [{ id: TEA }, { id: CUP }] }],
    ["what another offer adds", { items: [{ id: TEA, properties: { _tsuide: "bt-1-8001/product" } }] }],
  ])("stays out of a request for %s", async (_, body) => {
    const { window, shopper } = await ticked(0);
    const headers = { "content-type": "application/json" };
    await window.fetch("/cart/add.js", { method: "POST", headers, body: JSON.stringify(body) });
    expect((await linesOf(shopper)).filter(([variant]) => variant === SCOOP)).toEqual([]);
  });

  test("stays out once it is unticked, and of requests that only look like an addition", async () => {
    const { window, shopper } = await ticked(0, 0);
    const headers = { "content-type": "application/json" };
    await window.fetch("/cart/add.js", { method: "POST", headers, body: JSON.stringify({ id: TEA }) });
    expect(await linesOf(shopper)).toEqual([[TEA, 1, null, {}]]);
  });

  test.each([
    ["an add-on", entry()],
    ["an add-on with variants, which has a chosen option from the start", entry({ addOns: [{ product: "8007" }] })],
    [
      "a companion of a set",
      {
        ...{ type: "bought-together", id: "bt-1-8001", discountBasisPoints: 0 },
        companions: [{ product: "8007", weight: 0.5 }],
      },
    ],
  ])(
    "hides the button that buys at once, which could not take it along, while there is a tick at %s",
    async (_, offer) => {
      const { document } = await render(offer, "/products/green-tea", 900);
      const [rule = "", selector = ""] = /([^{}]*\.shopify-payment-button)\{display:none\}/.exec(styles) ?? [];
      expect(rule).not.toBe("");
      const button = document.createElement("div");
      button.className = "shopify-payment-button";
      const tick = document.querySelector<HTMLInputElement>(".ts-widget [data-tick]")!;
      tick.closest(".shopify-section")!.append(button);
      expect(button.matches(selector)).toBe(false);
      tick.checked = true;
      expect(button.matches(selector)).toBe(true);
      tick.checked = false;
      expect(button.matches(selector)).toBe(false);
    },
  );

  test("is refused together with the product, in the shop's words", async () => {
    const { window, shopper } = await ticked(0);
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ id: TEA, quantity: 100_000 });
    const answer = await (await window.fetch("/cart/add.js", { method: "POST", headers, body })).json();
    expect(answer).toMatchObject({ status: 422 });
    expect(await linesOf(shopper)).toEqual([]);
  });
});
