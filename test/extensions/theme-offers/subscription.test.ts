import { describe, expect, test } from "vitest";
import type { DevSellingPlan } from "../../dev-store/shop/state.ts";
import {
  browse,
  openShop,
  page,
  publishEnvelope,
  publishStorefront,
  settled,
  readOut,
  textOf,
} from "../../fixtures/open-theme-shop.ts";
import { publishOffer } from "../../dev-store/storefront/sample-shop.ts";
import { takeConsoleErrors } from "../../console-errors.ts";

/* The tea costs $19.95, its larger size $24.95; a plan takes 10 % off, and another, dearer one 5 %. */

const percentOff = (value: number, orderCount: number | null = null) =>
  ({ valueType: "percentage", value, orderCount }) as const;
const plan = (id: string, name: string, ...adjustments: NonNullable<DevSellingPlan["adjustments"]>) => ({
  ...{ id, name, adjustments },
});
const MONTHLY = plan("501", "Every month", percentOff(10));
const WEEKLY = plan("502", "Every week", percentOff(5));

const entry = (given: object = {}) => ({ type: "subscription", id: "ss-4-8001", least: 1, ...given });
const envelope = (...offers: unknown[]) => ({ version: 2, offers });
const element = (document: Document) => document.querySelector<HTMLElement>("tsuide-subscription");
const at = (document: Document, name: string) => document.querySelector<HTMLElement>(`tsuide-subscription ${name}`);
const isShown = (document: Document) => at(document, "[data-card]") !== null && element(document)?.hidden === false;
const priceOf = (document: Document) => readOut(at(document, "p:has(> b)"));

function open(offers: unknown = envelope(entry()), plans: DevSellingPlan[] = [MONTHLY]) {
  const opened = openShop();
  publishEnvelope(opened.shop, offers);
  opened.shop.products.get("8001")!.sellingPlans = plans;
  return opened;
}

async function productPage(...given: Parameters<typeof open>) {
  const document = await page(open(...given).shopper, "/products/green-tea");
  expect(textOf(document.body)).not.toContain("Liquid error");
  return document;
}

interface CartJson {
  items: {
    variant_id: number;
    quantity: number;
    key: string;
    properties: object | null;
    selling_plan_allocation?: { selling_plan: { id: number } };
  }[];
}
const linesOf = async ({ shopper }: Pick<ReturnType<typeof openShop>, "shopper">) =>
  (await shopper.json<CartJson>("/cart.js")).items.map(
    ({ variant_id, quantity, properties, selling_plan_allocation }) => ({
      ...{ variant_id, quantity, properties: properties ?? {} },
      plan: selling_plan_allocation?.selling_plan.id ?? null,
    }),
  );

describe("a subscription on the product page", () => {
  test("says what a delivery costs and saves, and a form adds it without a script", async () => {
    const opened = open(envelope(entry({ text: { en: "Pause <b> whenever", ja: "いつでも休止できます" } })));
    const document = await page(opened.shopper, "/products/green-tea");
    expect(textOf(at(document, ".ts-title"))).toBe("Subscribe and save 10%");
    expect(priceOf(document)).toBe("Every month $17.96 Regular price $19.95 per delivery");
    expect(textOf(element(document))).toContain("Pause <b> whenever");
    const form = element(document)!.querySelector("form")!;
    const fields = Object.fromEntries(
      new form.ownerDocument.defaultView!.FormData(form, form.querySelector("button")).entries(),
    );
    await opened.shopper.submit(form.getAttribute("action")!, fields as Record<string, string>);
    expect(await linesOf(opened)).toEqual([
      { variant_id: 40_010, quantity: 1, properties: { _tsuide: "ss-4-8001/product" }, plan: 501 },
    ]);
    const japanese = await page(opened.shopper, "/ja/products/green-tea");
    expect(textOf(at(japanese, ".ts-title"))).toBe("定期購入で10%お得");
    expect(textOf(element(japanese))).toContain("いつでも休止できます");
  });

  test("follows the page's variant and quantity", async () => {
    const { shopper } = open();
    const { document, window } = await browse(shopper, "/products/green-tea?variant=40010");
    const form = [...document.querySelectorAll<HTMLFormElement>("form[action*='/cart/add']")].find(
      (one) => !one.closest(".ts-widget"),
    )!;
    const choose = async (name: string, value: string) => {
      const field = form.elements.namedItem(name) as HTMLInputElement;
      field.value = value;
      field.dispatchEvent(new window.Event("change", { bubbles: true }));
      await settled();
    };
    await choose("quantity", "2");
    expect(priceOf(document)).toBe("Every month $35.92 Regular price $39.90 per delivery");
    await choose("id", "40011");
    expect(priceOf(document)).toBe("Every month $44.92 Regular price $49.90 per delivery");
    const fields = [...element(document)!.querySelectorAll("input")].map(({ name, value }) => [name, value]);
    expect(fields).toEqual([
      ["id", "40011"],
      ["quantity", "2"],
      ["properties[_tsuide]", "ss-4-8001/product"],
    ]);
  });

  test("is the plan that the offer says: the first, or the cheapest", async () => {
    const plans = [WEEKLY, MONTHLY];
    expect(priceOf(await productPage(envelope(entry()), plans))).toContain("Every week $18.95");
    expect(priceOf(await productPage(envelope(entry({ plan: "cheapest" })), plans))).toContain("Every month $17.96");
    expect(priceOf(await productPage(envelope(entry({ least: 6 })), plans))).toContain("Every month $17.96");
  });

  test("names a price that changes after some deliveries, and promises no more than what stays", async () => {
    const plans = [plan("501", "Every month", percentOff(50, 2), percentOff(10))];
    const document = await productPage(envelope(entry()), plans);
    expect(textOf(at(document, ".ts-title"))).toBe("Subscribe and save 10%");
    expect(priceOf(document)).toContain("$9.98 Regular price $19.95");
    expect(textOf(at(document, "[data-later]"))).toBe("From delivery 3 on: $17.96 per delivery.");
    expect(at(await productPage(), "[data-later]")).toBeNull();
  });

  test("says no percentage for a plan that saves nothing, which only an offer of 0 shows", async () => {
    const plans = [plan("501", "Every month")];
    expect(element(await productPage(envelope(entry()), plans))).toBeNull();
    const document = await productPage(envelope(entry({ least: 0 })), plans);
    expect(textOf(at(document, ".ts-title"))).toBe("Subscribe");
    expect(textOf(at(document, "s"))).toBe("");
  });

  test("is not offered for a variant that is free, and for the other sizes as before", async () => {
    const opened = open(envelope(entry({ least: 0 })));
    const [small, large] = opened.shop.products.get("8001")!.variants;
    small!.priceMinor = 0;
    const free = await browse(opened.shopper, "/products/green-tea");
    expect(element(free.document)).toBeNull();
    const { document } = await browse(opened.shopper, `/products/green-tea?variant=${large!.id}`);
    expect(isShown(document)).toBe(true);
    expect(textOf(at(document, ".ts-title"))).toBe("Subscribe and save 10%");
  });

  test.each([
    ["no plan", envelope(entry()), []],
    ["a plan that saves too little", envelope(entry({ least: 11 })), [MONTHLY]],
    ["a plan that costs more later", envelope(entry()), [plan("5", "Weekly", percentOff(50, 1), percentOff(0))]],
    ["a plan that is paid for three deliveries", envelope(entry()), [{ ...MONTHLY, deliveriesPerPayment: 3 }]],
    ["a plan of one delivery", envelope(entry()), [{ ...MONTHLY, recurring: false }]],
    ["no entry", envelope(), [MONTHLY]],
    ["another place", envelope(entry({ on: ["cart"] })), [MONTHLY]],
    ["a saving that is no number", envelope(entry({ least: "1" })), [MONTHLY]],
    ["a saving that nobody can give", envelope(entry({ least: 91 })), [MONTHLY]],
    ["no id", envelope(entry({ id: 3 })), [MONTHLY]],
    ["other shoppers", envelope(entry({ tests: "cJP" })), [MONTHLY]],
    ["another version", { version: 3, offers: [entry()] }, [MONTHLY]],
  ])("shows nothing for %s", async (_, offers, plans) => {
    expect(element(await productPage(offers, plans))).toBeNull();
  });

  test("shows nothing for what needs a plan, is sold out, or where Tsuide is switched off", async () => {
    const only = open();
    only.shop.products.get("8001")!.requiresSellingPlan = true;
    expect(element(await page(only.shopper, "/products/green-tea"))).toBeNull();
    const gone = open();
    for (const variant of gone.shop.products.get("8001")!.variants) variant.inventoryQuantity = 0;
    expect(element(await page(gone.shopper, "/products/green-tea"))).toBeNull();
    const off = open();
    publishStorefront(off.shop, { enabled: false });
    expect(element(await page(off.shopper, "/products/green-tea"))).toBeNull();
  });

  test("is hidden where the theme has a choice of plans of its own", async () => {
    const { shopper } = open();
    const { document } = await browse(shopper, "/products/green-tea");
    expect(isShown(document)).toBe(true);
    const form = document.querySelector("form[action*='/cart/add']:not(.ts-widget form)")!;
    form.insertAdjacentHTML("beforeend", '<input type="hidden" name="selling_plan" value="">');
    await settled();
    expect(isShown(document)).toBe(false);
  });

  test("markup in what is published or named is shown as text", async () => {
    const name = '<img src=x onerror="alert(1)">';
    const document = await productPage(envelope(entry({ text: { en: name } })), [{ ...MONTHLY, name }]);
    expect(element(document)!.querySelector("img")).toBeNull();
    expect(textOf(element(document))).toContain(name);
    expect(element(await productPage(envelope(entry({ id: `ss-4"><img>` }))))).toBeNull();
  });
});

describe("a subscription in the cart", () => {
  /** The cart page with two units of the small tea, with words of the shopper, and its script running. */
  async function inCart(item: object = { properties: { Note: "For Mia" } }, ...given: Parameters<typeof open>) {
    const opened = open(...given);
    await opened.shopper.send("/cart/add.js", { items: [{ id: 40_010, quantity: 2, ...item }] });
    return { ...opened, browser: await browse(opened.shopper, "/cart") };
  }
  type Opened = Awaited<ReturnType<typeof inCart>>;
  /** jsdom loads no page again: it says so, once for each time that it was asked to. */
  const expectReload = () => expect(takeConsoleErrors()).toEqual(["Not implemented: navigation to another Document"]);
  const press = async ({ document, window }: Opened["browser"], name: string) => {
    at(document, `[data-${name}]`)!.dispatchEvent(new window.Event("click", { bubbles: true }));
    await settled();
  };
  /** The page as it is after the script has had it loaded again: what the tab remembers stays. */
  const reloaded = ({ shopper, browser: before }: Opened) =>
    browse(shopper, "/cart", undefined, { ...before.window.sessionStorage } as Record<string, string>);
  const status = (document: Document) => textOf(at(document, "[data-status]"));

  test("changes the line with its quantity and its properties, and changes it back", async () => {
    const opened = await inCart();
    expect(textOf(at(opened.browser.document, "a"))).toBe("Green Tea");
    expect(priceOf(opened.browser.document)).toBe("Every month $35.92 Regular price $39.90 per delivery");
    await press(opened.browser, "replace");
    expectReload();
    const properties = { _tsuide: "ss-4-8001/cart", Note: "For Mia" };
    expect(await linesOf(opened)).toEqual([{ variant_id: 40_010, quantity: 2, properties, plan: 501 }]);
    const after = await reloaded(opened);
    await settled();
    expect(status(after.document)).toBe("This item is now a subscription.");
    expect(after.document.querySelector<HTMLElement>("tsuide-cart")!.hidden).toBe(false);
    expect(at(after.document, "[data-card]")).toBeNull();
    await press(after, "undo");
    expectReload();
    expect(await linesOf(opened)).toEqual([
      { variant_id: 40_010, quantity: 2, properties: { Note: "For Mia" }, plan: null },
    ]);
    const undone = await reloaded({ ...opened, browser: after });
    await settled();
    expect(status(undone.document)).toBe("Your cart is as it was before.");
    expect([at(undone.document, "[data-undo]")!.hidden, isShown(undone.document)]).toEqual([true, true]);
  });

  test("takes stock once: all that is left can become a subscription", async () => {
    const opened = await inCart();
    opened.shop.products.get("8001")!.variants[0]!.inventoryQuantity = 2;
    await press(opened.browser, "replace");
    expectReload();
    expect(await linesOf(opened)).toMatchObject([{ quantity: 2, plan: 501 }]);
  });

  test("leaves the claim of the offer that added the line", async () => {
    const opened = await inCart({ properties: { _tsuide: "bt-1-8002/product" } });
    await press(opened.browser, "replace");
    expectReload();
    expect(await linesOf(opened)).toMatchObject([{ properties: { _tsuide: "bt-1-8002/product" }, plan: 501 }]);
  });

  test("leaves the cart as it was where the plan is gone, and says why", async () => {
    const opened = await inCart();
    const before = await linesOf(opened);
    opened.shop.products.get("8001")!.sellingPlans = [WEEKLY];
    await press(opened.browser, "replace");
    expect(await linesOf(opened)).toEqual(before);
    expect(status(opened.browser.document)).toBe("Nothing was changed. Cannot apply selling plan to variant");
  });

  test("is the cheapest plan where the offer says so, at the price of that very line", async () => {
    const opened = await inCart({ id: 40_011, quantity: 1 }, envelope(entry({ plan: "cheapest" })), [WEEKLY, MONTHLY]);
    expect(priceOf(opened.browser.document)).toBe("Every month $22.46 Regular price $24.95 per delivery");
    await press(opened.browser, "replace");
    expectReload();
    expect(await linesOf(opened)).toMatchObject([{ variant_id: 40_011, plan: 501 }]);
  });

  test.each([
    ["is a subscription already", { selling_plan: 501 }],
    ["has a discount, which a subscription would lose", {}],
  ])("is not offered for a line that %s", async (_, item) => {
    const opened = open();
    if (!("selling_plan" in item)) publishOffer(opened.shop);
    const items = [{ id: 40_010, quantity: 1, ...item }, ...("selling_plan" in item ? [] : [{ id: 40_020 }])];
    await opened.shopper.send("/cart/add.js", { items });
    expect(at(await page(opened.shopper, "/cart"), "[data-card]") === null).toBe(true);
  });

  test("is not offered for an add-on of another line, in another place, or once the shopper declined", async () => {
    const nested = open();
    await nested.shopper.send("/cart/add.js", { items: [{ id: 40_020 }, { id: 40_010, parent_id: 40_020 }] });
    expect(at(await page(nested.shopper, "/cart"), "[data-card]")).toBeNull();
    const elsewhere = await inCart({}, envelope(entry({ on: ["product"] })));
    expect(at(elsewhere.browser.document, "[data-card]")).toBeNull();
    const opened = await inCart();
    await press(opened.browser, "decline");
    expect(isShown(opened.browser.document)).toBe(false);
    expect(at((await reloaded(opened)).document, "[data-card]")).toBeNull();
  });

  test("goes once its line is gone", async () => {
    const opened = await inCart();
    const { items } = await opened.shopper.json<CartJson>("/cart.js");
    await opened.shopper.send("/cart/change.js", { id: items[0]!.key, quantity: 0 });
    opened.browser.note("http://localhost:4000/cart/change.js");
    await settled();
    expect(at(opened.browser.document, "[data-card]:not([hidden])")).toBeNull();
  });

  test("a line in Japanese", async () => {
    const opened = await inCart({});
    const document = await page(opened.shopper, "/ja/cart");
    expect(textOf(at(document, "[data-replace]"))).toBe("定期購入に切り替える");
  });
});
