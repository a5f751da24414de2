import { describe, expect, test } from "vitest";
import {
  browse,
  openShop,
  page,
  publishEnvelope,
  publishStorefront,
  settled,
  textOf,
} from "../../fixtures/open-theme-shop.ts";
import { takeConsoleErrors } from "../../console-errors.ts";
import { publishOffer as publishDiscount } from "../../dev-store/storefront/sample-shop.ts";

/* The tea costs $19.95 (its larger size $24.95), the tray $34.50, $39.50 and $44.50, the strainer $8.99. */

const upgrade = (product: number, more: object = {}) => ({ product: String(product), ...more });
const entry = (given: object = {}) => ({
  ...{ type: "upgrade", id: "up-2-8001", show: 1, cap: 20_000, upgrades: [upgrade(8007)] },
  ...given,
});
const envelope = (...offers: unknown[]) => ({ version: 2, offers });
const element = (document: Document) => document.querySelector<HTMLElement>("tsuide-upgrade");
const at = (document: Document, name: string) => document.querySelector<HTMLElement>(`tsuide-upgrade [data-${name}]`);

function open(offers: unknown, companions = [8002, 8007, 8009]) {
  const opened = openShop();
  publishEnvelope(opened.shop, offers, companions);
  return opened;
}

async function render(offers: unknown, path = "/products/green-tea", companions?: number[]) {
  const opened = open(offers, companions);
  const document = await page(opened.shopper, path);
  expect(textOf(document.body)).not.toContain("Liquid error");
  return { ...opened, document };
}

interface CartJson {
  items: { variant_id: number; quantity: number; key: string; properties: object | null }[];
}
const linesOf = async ({ shopper }: ReturnType<typeof openShop>) =>
  (await shopper.json<CartJson>("/cart.js")).items.map(({ variant_id, quantity, properties }) => ({
    ...{ variant_id, quantity },
    properties: properties ?? {},
  }));

describe("an upgrade on the product page", () => {
  test("stands beside the product with what it costs more, as a link to its variant and a form that adds it", async () => {
    const { document, shopper, ...rest } = await render(envelope(entry()));
    expect(textOf(at(document, "own-price"))).toBe("$19.95");
    // The small tray is sold out.
    expect(textOf(at(document, "price"))).toBe("$39.50");
    expect(textOf(at(document, "more"))).toBe("+$19.55");
    expect(at(document, "link")!.getAttribute("href")).toMatch(/\/products\/bamboo-tray\?variant=40071/);
    const form = element(document)!.querySelector("form")!;
    const fields = Object.fromEntries(new form.ownerDocument.defaultView!.FormData(form).entries());
    expect(fields).toEqual({ id: "40071", "properties[_tsuide]": "up-2-8001/product" });
    await shopper.submit(form.getAttribute("action")!, fields as Record<string, string>);
    expect(await linesOf({ shopper, ...rest })).toEqual([
      { variant_id: 40_071, quantity: 1, properties: { _tsuide: "up-2-8001/product" } },
    ]);
  });

  test("is the variant with the same options, and follows the page's own variant", async () => {
    const offers = envelope(entry());
    const { shop, shopper } = open(offers);
    shop.products.get("8007")!.variants[0]!.inventoryQuantity = 5;
    const [small, large] = shop.products.get("8001")!.variants;
    small!.options = ["Medium"];
    large!.options = ["Large"];
    const { document, window } = await browse(shopper, "/products/green-tea?variant=40010");
    expect(textOf(at(document, "more"))).toBe("+$19.55");
    window.history.replaceState({}, "", "/products/green-tea?variant=40011");
    const field = document.querySelector<HTMLInputElement>("form[action*='/cart/add'] [name=id]:not(tsuide-upgrade *)");
    if (field) field.value = "40011";
    document.dispatchEvent(new window.Event("variant:change", { bubbles: true }));
    await settled();
    expect(textOf(at(document, "price"))).toBe("$44.50");
    expect(textOf(at(document, "own-price"))).toBe("$24.95");
    expect(textOf(at(document, "more"))).toBe("+$19.55");
    expect(document.querySelector<HTMLInputElement>("tsuide-upgrade [name=id]")!.value).toBe("40072");
    expect((at(document, "link") as HTMLAnchorElement).search).toBe("?variant=40072");
  });

  test("says what is better in the merchant's words, in the shopper's language, else what attributes say", async () => {
    const words = { en: ["Hand-made <b>"], ja: ["手作り"] };
    const english = await render(envelope(entry({ upgrades: [upgrade(8007, { words, better: [{ to: "Never" }] })] })));
    const lines = (document: Document) => [...element(document)!.querySelectorAll("li")].map(textOf);
    expect(lines(english.document)).toEqual(["Hand-made <b>"]);
    const japanese = await page(english.shopper, "/ja/products/green-tea");
    expect(lines(japanese)).toEqual(["手作り"]);
    expect(textOf(element(japanese))).toContain("こちらに変更する");
    const better = [{ name: "Width", from: "20 cm", to: "30 cm & more" }, { to: "Dishwasher-safe" }];
    const mined = await render(envelope(entry({ upgrades: [upgrade(8007, { better })] })));
    expect(lines(mined.document)).toEqual(["Width: 30 cm & more instead of 20 cm", "Dishwasher-safe"]);
  });

  test("shows the next one where the first cannot be bought, and as many as the offer says", async () => {
    const two = [upgrade(8002), upgrade(8007)];
    const { shop, shopper, document } = await render(envelope(entry({ upgrades: two })));
    expect(document.querySelectorAll("tsuide-upgrade")).toHaveLength(1);
    const both = open(
      envelope(entry({ show: 3, cap: 50_000, upgrades: [upgrade(8007), upgrade(8009), upgrade(8002)] })),
    );
    both.shop.products.get("8009")!.variants[0]!.priceMinor = 2500;
    expect((await page(both.shopper, "/products/green-tea")).querySelectorAll("tsuide-upgrade").length).toBeGreaterThan(
      1,
    );
    for (const variant of shop.products.get("8007")!.variants) variant.inventoryQuantity = 0;
    for (const variant of shop.products.get("8002")!.variants) variant.inventoryQuantity = 0;
    expect(element(await page(shopper, "/products/green-tea"))).toBeNull();
  });

  test.each([
    ["no entry", envelope()],
    ["no upgrade", envelope(entry({ upgrades: [] }))],
    ["a product that is not there", envelope(entry({ upgrades: [upgrade(9999)] }))],
    ["the product itself", envelope(entry({ upgrades: [upgrade(8001)] }))],
    ["one that costs less", envelope(entry({ upgrades: [upgrade(8009)] }))],
    ["one above the cap", envelope(entry({ cap: 15_000 }))],
    ["a cap that is no number", envelope(entry({ cap: "20000" }))],
    ["no id", envelope(entry({ id: 3 }))],
    ["upgrades that are none", envelope(entry({ upgrades: [null, 3, {}, { product: 8007.5 }] }))],
    ["a product that costs too much for the offer", envelope(entry({ below: { USD: 1995 } }))],
    ["another place", envelope(entry({ on: ["cart"] }))],
    ["another version", { version: 3, offers: [entry()] }],
  ])("shows nothing for %s", async (_, offers) => {
    const { document } = await render(offers, "/products/green-tea", [8001, 8002, 8007, 8009]);
    expect(element(document)).toBeNull();
  });

  test("keeps to the price limit of the shopper's currency, and leaves pairs of staff free of the cap", async () => {
    expect(element((await render(envelope(entry({ below: { USD: 1996, JPY: 1 } })))).document)).not.toBeNull();
    const pinned = envelope(entry({ cap: 15_000, upgrades: [upgrade(8007, { pinned: true })] }));
    expect(element((await render(pinned)).document)).not.toBeNull();
  });

  test("is not shown where the product or the upgrade is in the cart, or Tsuide is switched off", async () => {
    for (const id of [40_010, 40_071]) {
      const { shopper } = open(envelope(entry()));
      await shopper.send("/cart/add.js", { items: [{ id, quantity: 1 }] });
      expect(element(await page(shopper, "/products/green-tea"))).toBeNull();
    }
    const off = open(envelope(entry()));
    publishStorefront(off.shop, { enabled: false });
    expect(element(await page(off.shopper, "/products/green-tea"))).toBeNull();
  });
});

describe("an upgrade in the cart", () => {
  /** The cart page with two units of the small tea, with words of the shopper, and its script running. */
  async function inCart(answer?: Parameters<typeof browse>[2], properties: object = { Note: "For Mia" }) {
    const opened = open(envelope(entry()));
    await opened.shopper.send("/cart/add.js", { items: [{ id: 40_010, quantity: 2, properties }] });
    return { ...opened, browser: await browse(opened.shopper, "/cart", answer) };
  }
  type Opened = Awaited<ReturnType<typeof inCart>>;
  /** jsdom loads no page again: it says so, once for each time that it was asked to. */
  const expectReload = () => expect(takeConsoleErrors()).toEqual(["Not implemented: navigation to another Document"]);
  const press = async ({ document, window }: Opened["browser"], name: string) => {
    at(document, name)!.dispatchEvent(new window.Event("click", { bubbles: true }));
    await settled();
  };
  /** The page as it is after the script has had it loaded again: what the tab remembers stays. */
  async function reloaded({ shopper, browser: before }: Opened) {
    const items = { ...before.window.sessionStorage } as Record<string, string>;
    return browse(shopper, "/cart", undefined, items);
  }
  const status = (document: Document) => textOf(at(document, "status"));
  const isShown = (document: Document, name: string) => at(document, name)?.hidden === false;

  test("takes the line's place with its quantity and its properties, and goes back to what was there", async () => {
    const opened = await inCart();
    await press(opened.browser, "replace");
    expectReload();
    expect(await linesOf(opened)).toEqual([
      { variant_id: 40_071, quantity: 2, properties: { Note: "For Mia", _tsuide: "up-2-8001/cart" } },
    ]);
    const paths = opened.browser.requests.map(({ path }) => path).filter((path) => path.startsWith("/cart/"));
    expect(paths).toEqual(["/cart/add.js", "/cart/change.js"]);
    const after = await reloaded(opened);
    await settled();
    expect(status(after.document)).toBe("Your cart now has your new choice.");
    expect(isShown(after.document, "undo")).toBe(true);
    await press(after, "undo");
    expectReload();
    expect(await linesOf(opened)).toEqual([{ variant_id: 40_010, quantity: 2, properties: { Note: "For Mia" } }]);
    const undone = await reloaded({ ...opened, browser: after });
    await settled();
    expect(status(undone.document)).toBe("Your cart is as it was before.");
    expect([isShown(undone.document, "undo"), isShown(undone.document, "card")]).toEqual([false, true]);
  });

  test("costs more than what is paid for the line, discounts off", async () => {
    const { shop, shopper } = openShop();
    publishDiscount(shop);
    publishEnvelope(shop, envelope(entry()), [8002, 8007]);
    // One cup lowers one of two units of the tea by $2.00.
    const items = [
      { id: 40_010, quantity: 2 },
      { id: 40_020, quantity: 1 },
    ];
    await shopper.send("/cart/add.js", { items });
    const document = await page(shopper, "/cart");
    expect([textOf(at(document, "own-price")), textOf(at(document, "price"))]).toEqual(["$18.95", "$39.50"]);
    expect(textOf(at(document, "more"))).toBe("+$20.55");
  });

  test("leaves the cart as it was where the shop refuses it, and says why", async () => {
    const opened = await inCart();
    for (const variant of opened.shop.products.get("8007")!.variants) variant.inventoryQuantity = 1;
    const before = await linesOf(opened);
    await press(opened.browser, "replace");
    expect(await linesOf(opened)).toEqual(before);
    expect(status(opened.browser.document)).toMatch(/^Nothing was replaced\. .+/);
  });

  test("takes the new line away again where the old one stays: never both", async () => {
    let changes = 0;
    const opened = await inCart((path) =>
      path === "/cart/change.js" && changes++ === 0 ? Promise.resolve(new Response("{}", { status: 500 })) : null,
    );
    const before = await linesOf(opened);
    await press(opened.browser, "replace");
    expect(await linesOf(opened)).toEqual(before);
    expect(status(opened.browser.document)).toBe("Nothing was replaced.");
  });

  test("takes the old line away where only the answer to the addition was lost", async () => {
    const shopper: { send?: (path: string, body: object) => Promise<unknown> } = {};
    const opened = await inCart((path, init) => {
      if (path !== "/cart/add.js") return null;
      const sent = JSON.parse(init!.body as string) as object;
      return shopper.send!(path, sent).then(() => Promise.reject(new Error("lost")));
    });
    shopper.send = (path, body) => opened.shopper.send(path, body);
    await press(opened.browser, "replace");
    expectReload();
    expect((await linesOf(opened)).map(({ variant_id, quantity }) => [variant_id, quantity])).toEqual([[40_071, 2]]);
  });

  test("keeps the selling plan, names the month, and is not shown where the upgrade has no such plan", async () => {
    const opened = open(envelope(entry()));
    const plan = { id: "501", name: "Every month" };
    opened.shop.products.get("8001")!.sellingPlans = [plan];
    await opened.shopper.send("/cart/add.js", { items: [{ id: 40_010, quantity: 1, selling_plan: 501 }] });
    expect(element(await page(opened.shopper, "/cart"))).toBeNull();
    opened.shop.products.get("8007")!.sellingPlans = [plan];
    const browser = await browse(opened.shopper, "/cart");
    expect(textOf(at(browser.document, "more"))).toBe("+$19.55 per month");
    await press(browser, "replace");
    expectReload();
    const { items } = await opened.shopper.json<{
      items: { variant_id: number; selling_plan_allocation?: { selling_plan: { id: number } } }[];
    }>("/cart.js");
    expect(items.map((line) => [line.variant_id, line.selling_plan_allocation?.selling_plan.id])).toEqual([
      [40_071, 501],
    ]);
  });

  test.each([
    ["every two weeks", { id: "501", name: "Every 2 weeks" }, "+$19.55 per delivery"],
    ["for three months at once", { id: "501", name: "Monthly, prepaid", deliveriesPerPayment: 3 }, "+$58.65"],
  ])("says what the difference is of, for a plan that is paid %s", async (_, plan, text) => {
    const opened = open(envelope(entry()));
    for (const product of ["8001", "8007"]) opened.shop.products.get(product)!.sellingPlans = [plan];
    await opened.shopper.send("/cart/add.js", { items: [{ id: 40_010, quantity: 1, selling_plan: 501 }] });
    expect(textOf(at(await page(opened.shopper, "/cart"), "more"))).toBe(text);
  });

  test("is hidden by a no thanks for the rest of the visit", async () => {
    const opened = await inCart();
    await press(opened.browser, "decline");
    expect(isShown(opened.browser.document, "card")).toBe(false);
    const { attributes } = await opened.shopper.json<{ attributes: object }>("/cart.js");
    expect(attributes).toEqual({ _tsuide_declined: "1" });
    expect(element((await reloaded(opened)).document)).toBeNull();
  });

  test("is hidden once the line is removed, and for a line that is an upgrade itself", async () => {
    const opened = await inCart();
    const { items } = await opened.shopper.json<CartJson>("/cart.js");
    await opened.shopper.send("/cart/change.js", { id: items[0]!.key, quantity: 0 });
    opened.browser.note("http://localhost:4000/cart/change.js");
    await settled();
    expect(isShown(opened.browser.document, "card")).toBe(false);
    const came = await inCart(undefined, { _tsuide: "up-9-8010/cart" });
    expect(at(came.browser.document, "card")).toBeNull();
  });
});

test("markup in what is published or titled is shown as text, and no id has any", async () => {
  const upgrades = [upgrade(8007, { better: [{ name: "<i>", from: "<s>", to: "<u>" }] })];
  const { shop, shopper } = open(envelope(entry({ id: 'up-2-8001"><img>', upgrades })));
  shop.products.get("8007")!.title = "<script>alert(1)</script>";
  expect(element(await page(shopper, "/products/green-tea"))).toBeNull();
  publishEnvelope(shop, envelope(entry({ upgrades })), [8007]);
  const document = await page(shopper, "/products/green-tea");
  expect(textOf(element(document))).toContain("<i>:");
  expect(element(document)!.querySelector("i, s, u, script:not([type])")).toBeNull();
});
