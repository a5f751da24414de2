import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildProduct } from "../../dev-store/storefront/sample-shop.ts";
import type { DevShop } from "../../dev-store/shop/state.ts";
import { takeConsoleErrors } from "../../console-errors.ts";
import { browse, openShop, page, publishEnvelope, settled, textOf } from "../../fixtures/open-theme-shop.ts";

/* The tea in three sizes, each $5.00 dearer than the one before it: $19.95, $24.95, $29.95. The tray costs $39.50. */

const [SMALL, MIDDLE, LARGE] = ["40010", "40011", "40012"] as const;

const step = (...variants: [string, string][]) => ({ product: "8001", variants });
const entry = (given: object = {}) => ({
  ...{ type: "upgrade", id: "up-2-8001", show: 1, cap: 15_000 },
  upgrades: [step([SMALL, MIDDLE]), step([MIDDLE, LARGE])],
  ...given,
});
const envelope = (...offers: unknown[]) => ({ version: 2, offers });
const elements = (document: Document) => [...document.querySelectorAll<HTMLElement>("tsuide-upgrade")];
/** The upgrades that a shopper sees. */
const shown = (document: Document) => elements(document).filter((one) => !one.hidden && at(one, "card") !== null);
const at = (element: HTMLElement | undefined, name: string) =>
  element?.querySelector<HTMLElement>(`[data-${name}]`) ?? null;

function withSizes(shop: DevShop, sizes: string[] = ["50 g", "100 g", "200 g"]) {
  const tea = buildProduct(1, "Green Tea", 1995, {}, sizes);
  shop.products.set(tea.id, tea);
  return tea;
}

function open(offer: object = entry(), companions: number[] = []) {
  const opened = openShop();
  const tea = withSizes(opened.shop);
  publishEnvelope(opened.shop, envelope(offer), companions);
  return { ...opened, tea };
}

describe("a better variant on the product page", () => {
  test("is named by what it has, with what it costs more, and added as a variant of its own", async () => {
    const { shopper } = open();
    const document = await page(shopper, `/products/green-tea?variant=${SMALL}`);
    const [one, ...others] = shown(document);
    expect(others).toEqual([]);
    expect(textOf(one!.querySelector(".ts-pair"))).toBe("This itemGreen Tea – 50 g$19.95Green Tea – 100 g$24.95+$5.00");
    expect([...one!.querySelectorAll("li")].map(textOf)).toEqual(["Size: 100 g instead of 50 g"]);
    expect(one!.querySelector("img")).toBeNull();
    expect(at(one, "link")!.getAttribute("href")).toMatch(/\/products\/green-tea\?variant=40011/);
    const form = one!.querySelector("form")!;
    const fields = Object.fromEntries(new form.ownerDocument.defaultView!.FormData(form).entries());
    expect(fields).toEqual({ id: MIDDLE, "properties[_tsuide]": "up-2-8001/product" });
  });

  test("follows the page's own variant, and is not there for the best one", async () => {
    const { shopper } = open();
    const { document, window } = await browse(shopper, `/products/green-tea?variant=${LARGE}`);
    expect(shown(document)).toEqual([]);
    const choose = async (variant: string) => {
      window.history.replaceState({}, "", `/products/green-tea?variant=${variant}`);
      const field = document.querySelector<HTMLInputElement>(
        "form[action*='/cart/add'] [name=id]:not(tsuide-upgrade *)",
      );
      if (field) field.value = variant;
      document.dispatchEvent(new window.Event("variant:change", { bubbles: true }));
      await settled();
      return shown(document).map((one) => [textOf(at(one, "link")), textOf(at(one, "price")), textOf(at(one, "more"))]);
    };
    expect(await choose(SMALL)).toEqual([["Green Tea – 100 g", "$24.95", "+$5.00"]]);
    expect(await choose(MIDDLE)).toEqual([["Green Tea – 200 g", "$29.95", "+$5.00"]]);
    expect(await choose(LARGE)).toEqual([]);
  });

  test("is counted as shown and seen once the shopper chose a variant that has one", async () => {
    const { shopper } = open();
    const { document, window, bus, look } = await browse(shopper, `/products/green-tea?variant=${LARGE}`);
    const counted = () => bus.map(([name, claims]) => [name, ...claims]).filter(([name]) => name === "tsuide:shown");
    for (const one of elements(document)) if (!one.hidden) look(one);
    expect(counted()).toEqual([]);
    window.history.replaceState({}, "", `/products/green-tea?variant=${SMALL}`);
    document.querySelector<HTMLInputElement>("form[action*='/cart/add'] [name=id]:not(tsuide-upgrade *)")!.value =
      SMALL;
    document.dispatchEvent(new window.Event("variant:change", { bubbles: true }));
    await settled();
    expect(counted()).toEqual([["tsuide:shown", "up-2-8001/product"]]);
  });

  test("leaves out what is sold out, and shows the next one that was found", async () => {
    const { shopper, tea } = open(entry({ upgrades: [step([SMALL, MIDDLE]), step([SMALL, LARGE])], cap: 20_000 }));
    const first = async () =>
      shown(await page(shopper, `/products/green-tea?variant=${SMALL}`)).map((one) => textOf(at(one, "link")));
    expect(await first()).toEqual(["Green Tea – 100 g"]);
    tea.variants[1]!.inventoryQuantity = 0;
    expect(await first()).toEqual(["Green Tea – 200 g"]);
    tea.variants[2]!.inventoryQuantity = 0;
    expect(await first()).toEqual([]);
  });

  test("takes one place of as many as the offer shows, beside other products", async () => {
    const upgrades = [step([SMALL, MIDDLE]), { product: "8007" }];
    const one = open(entry({ upgrades, cap: 30_000 }), [8007]);
    const titles = async ({ shopper }: typeof one, variant: string) =>
      shown(await page(shopper, `/products/green-tea?variant=${variant}`)).map((each) => textOf(at(each, "link")));
    expect(await titles(one, SMALL)).toEqual(["Green Tea – 100 g"]);
    expect(await titles(one, LARGE)).toEqual(["Bamboo Tray"]);
    const two = open(entry({ upgrades, cap: 30_000, show: 2 }), [8007]);
    expect(await titles(two, SMALL)).toEqual(["Green Tea – 100 g", "Bamboo Tray"]);
    // Chosen later, the small tea has its own upgrade in place of the tray.
    const { document, window } = await browse(one.shopper, `/products/green-tea?variant=${LARGE}`);
    const field = document.querySelector<HTMLInputElement>("form[action*='/cart/add'] [name=id]:not(tsuide-upgrade *)");
    window.history.replaceState({}, "", `/products/green-tea?variant=${SMALL}`);
    if (field) field.value = SMALL;
    document.dispatchEvent(new window.Event("variant:change", { bubbles: true }));
    await settled();
    expect(shown(document).map((each) => textOf(at(each, "link")))).toEqual(["Green Tea – 100 g"]);
  });

  test("that staff chose is shown whatever the cap, with their words", async () => {
    const pinned = { ...step([SMALL, LARGE]), pinned: true, words: { en: ["Lasts a year"], ja: ["1年分です"] } };
    const { shopper } = open(entry({ upgrades: [pinned, step([SMALL, MIDDLE])], cap: 10_100 }));
    const texts = async (path: string) =>
      shown(await page(shopper, `${path}?variant=${SMALL}`)).map((one) => [
        textOf(at(one, "link")),
        ...[...one.querySelectorAll("li")].map(textOf),
      ]);
    expect(await texts("/products/green-tea")).toEqual([["Green Tea – 200 g", "Lasts a year"]]);
    expect(await texts("/ja/products/green-tea")).toEqual([[expect.any(String), "1年分です"]]);
  });

  test("that differs in several options names them all", async () => {
    const { shopper, tea } = open(entry({ upgrades: [{ ...step([SMALL, LARGE]), pinned: true }] }));
    tea.options = ["Size", "Box"];
    tea.variants.forEach((one, n) => (one.options = [one.options[0]!, ["Cedar", "Cedar", "Cherry"][n]!]));
    const [one] = shown(await page(shopper, `/products/green-tea?variant=${SMALL}`));
    expect(textOf(at(one, "link"))).toBe("Green Tea – 200 g / Cherry");
    expect([...one!.querySelectorAll("li")].map(textOf)).toEqual([
      "Size / Box: 200 g / Cherry instead of 50 g / Cedar",
    ]);
  });

  test("is what the page says in Japanese, and markup in its value is text", async () => {
    const { shopper, tea } = open();
    tea.variants[1]!.options = ["<b>100</b>"];
    const document = await page(shopper, `/ja/products/green-tea?variant=${SMALL}`);
    expect(textOf(document.querySelector("tsuide-upgrade"))).toContain("<b>100</b>");
    expect(document.querySelector("tsuide-upgrade b")).toBeNull();
    expect(textOf(document.querySelector("tsuide-upgrade li"))).toBe("Size：50 g → <b>100</b>");
  });

  test.each([
    ["the product itself without variants, as an earlier release has read it", [{ product: "8001" }]],
    ["variants that are none", [{ product: "8001", variants: [null, 3, [SMALL], {}] }]],
    ["a variant that costs less", [step([MIDDLE, SMALL])]],
    ["a variant that is not there", [step([SMALL, "40019"])]],
    ["variants of another product", [{ product: "8007", variants: [[SMALL, MIDDLE]] }]],
  ])("shows nothing for %s", async (_, upgrades) => {
    const { shopper } = open(entry({ upgrades, cap: 12_000 }), [8001, 8007]);
    const document = await page(shopper, `/products/green-tea?variant=${SMALL}`);
    expect(textOf(document.body)).not.toContain("Liquid error");
    expect(shown(document)).toEqual([]);
  });

  test(
    "is, for each variant of any product, the first one listed that can be bought, costs more and keeps to the cap",
    { timeout: 120_000 },
    async () => {
      const shopOf = fc.record({
        variants: fc.array(
          fc.record({ price: fc.integer({ min: 500, max: 4_000 }), stock: fc.integer({ min: 0, max: 1 }) }),
          {
            minLength: 2,
            maxLength: 5,
          },
        ),
        steps: fc.array(fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 4 }), {
          minLength: 1,
          maxLength: 4,
        }),
        cap: fc.integer({ min: 10_100, max: 30_000 }),
      });
      await fc.assert(
        fc.asyncProperty(shopOf, async ({ variants, steps, cap }) => {
          const { shop, shopper } = openShop();
          const tea = withSizes(
            shop,
            variants.map((_, n) => `${n} g`),
          );
          variants.forEach(({ price, stock }, n) => {
            Object.assign(tea.variants[n]!, { priceMinor: price, inventoryQuantity: stock });
          });
          // As it is published: a variant stands once in a step.
          const listed = steps.map((pairs) => [...new Map(pairs.filter(([from, to]) => from !== to)).entries()]);
          const idOf = (n: number) => String(40_010 + n);
          const upgrades = listed
            .filter((pairs) => pairs.length > 0)
            .map((pairs) => step(...pairs.map(([from, to]): [string, string] => [idOf(from), idOf(to)])));
          publishEnvelope(shop, envelope(entry({ upgrades, cap })));
          const document = await page(shopper, "/products/green-tea");
          const found = elements(document).flatMap((one) =>
            Object.entries(JSON.parse(one.dataset.matches!) as Record<string, [number, number, number] | 0>),
          );
          const matches = found.filter(([, match]) => match !== 0);
          expect(new Set(matches.map(([from]) => from)).size).toBe(matches.length);
          const expected = variants.flatMap(({ price }, from) => {
            const to = listed
              .flatMap((pairs) => pairs.filter(([of]) => of === from).map(([, other]) => other))
              .find((other) => {
                const better = variants[other];
                if (better === undefined || better.stock === 0 || better.price <= price) return false;
                return better.price <= Math.floor((price * cap) / 10_000);
              });
            return to === undefined ? [] : [[idOf(from), [40_010 + to, variants[to]!.price, price]]];
          });
          const byVariant = Object.fromEntries(matches);
          // A product that is sold out has no page to upgrade from; of a sold-out variant the page shows it all the same.
          expect(byVariant).toEqual(variants.every(({ stock }) => stock === 0) ? {} : Object.fromEntries(expected));
        }),
        { numRuns: 25 },
      );
    },
  );
});

describe("a better variant in the cart", () => {
  const linesOf = async ({ shopper }: ReturnType<typeof open>) => {
    interface Line {
      variant_id: number;
      quantity: number;
      properties: object | null;
      selling_plan_allocation?: { selling_plan: { id: number } };
    }
    const { items } = await shopper.json<{ items: Line[] }>("/cart.js");
    return items.map(({ variant_id, quantity, properties, selling_plan_allocation: plan }) => ({
      ...{ variant_id, quantity, properties: properties ?? {} },
      ...(plan === undefined ? {} : { plan: plan.selling_plan.id }),
    }));
  };
  /** jsdom loads no page again: it says so. */
  const expectReload = () => expect(takeConsoleErrors()).toEqual(["Not implemented: navigation to another Document"]);

  test("takes the line's place with quantity, properties and plan, says the month, and can be undone", async () => {
    const opened = open();
    opened.tea.sellingPlans = [{ id: "501", name: "Every month" }];
    const line = { quantity: 2, properties: { Note: "For Mia" } };
    await opened.shopper.send("/cart/add.js", { items: [{ id: Number(SMALL), ...line, selling_plan: 501 }] });
    const browser = await browse(opened.shopper, "/cart");
    const [one] = shown(browser.document);
    expect(textOf(one!.querySelector(".ts-pair"))).toBe(
      "In your cartGreen Tea – 50 g$19.95Green Tea – 100 g$24.95+$5.00 per month",
    );
    const press = async ({ document, window }: typeof browser, name: string) => {
      document
        .querySelector(`tsuide-upgrade [data-${name}]`)!
        .dispatchEvent(new window.Event("click", { bubbles: true }));
      await settled();
      expectReload();
    };
    await press(browser, "replace");
    const _tsuide = "up-2-8001/cart";
    expect(await linesOf(opened)).toEqual([
      { variant_id: Number(MIDDLE), ...line, properties: { ...line.properties, _tsuide }, plan: 501 },
    ]);
    const after = await browse(opened.shopper, "/cart", undefined, { ...browser.window.sessionStorage } as Record<
      string,
      string
    >);
    await settled();
    expect(shown(after.document)).toEqual([]);
    await press(after, "undo");
    expect(await linesOf(opened)).toEqual([{ variant_id: Number(SMALL), ...line, plan: 501 }]);
  });

  test("is not offered where it is in the cart as a line of its own, nor to the best one", async () => {
    const opened = open();
    const offered = async (...ids: string[]) => {
      await opened.shopper.send("/cart/clear.js", {});
      await opened.shopper.send("/cart/add.js", { items: ids.map((id) => ({ id: Number(id), quantity: 1 })) });
      return shown(await page(opened.shopper, "/cart")).map((one) => textOf(at(one, "link")));
    };
    expect(await offered(SMALL)).toEqual(["Green Tea – 100 g"]);
    expect(await offered(SMALL, MIDDLE)).toEqual(["Green Tea – 200 g"]);
    expect(await offered(SMALL, MIDDLE, LARGE)).toEqual([]);
    expect(await offered(LARGE)).toEqual([]);
  });
});
