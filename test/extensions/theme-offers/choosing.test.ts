import { describe, expect, test } from "vitest";
import { buildProduct } from "../../dev-store/storefront/sample-shop.ts";
import { openSet } from "../../fixtures/open-set.ts";
import { browse, openShop, publishOffer, settled, textOf } from "../../fixtures/open-theme-shop.ts";

describe("choosing", () => {
  test("offers everything together, with its saving, before anything is ticked", async () => {
    const { label, total, at } = await openSet();
    expect(label()).toBe("Add all 4 to cart");
    expect(total()).toBe("$70.55");
    expect(textOf(at("[data-total] s"))).toBe("$78.40");
    expect(textOf(at("i"))).toBe("Save $7.85");
    expect(at("i").hidden).toBe(false);
  });

  test("moves total, saving and count with every tick", async () => {
    const { tick, label, total, at } = await openSet();
    tick(2);
    expect(label()).toBe("Add 2 to cart");
    expect(total()).toBe("$29.20");
    expect(textOf(at("i"))).toBe("Save $3.25");
    tick(2);
    expect(total()).toBe("$70.55");
  });

  test("takes the price of the variant chosen", async () => {
    const { tick, total, at, change } = await openSet();
    tick(3);
    expect(total()).toBe("$53.50");
    const variants = at("li:nth-child(3) select") as HTMLSelectElement;
    expect([...variants.options].map((option) => option.value)).toEqual(["40071", "40072"]);
    variants.value = "40072";
    change(variants);
    expect(total()).toBe("$58.00");
  });

  test("has one picker for each option, which together choose a variant that exists", async () => {
    const { shop, shopper } = openShop();
    const scarf = buildProduct(20, "Scarf", 2000, { options: ["Colour", "Length"] }, ["1", "2", "3"]);
    const values = [
      ["Red", "Short"],
      ["Red", "Long"],
      ["Blue", "Long"],
    ];
    scarf.variants.forEach((variant, index) =>
      Object.assign(variant, { options: values[index], title: values[index]!.join(" / ") }),
    );
    shop.products.set(scarf.id, scarf);
    publishOffer(shop, [8020]);
    const { document, window } = await browse(shopper, "/products/green-tea");
    const [colour, length] = [...document.querySelectorAll<HTMLSelectElement>("tsuide-set [data-option]")];
    expect([colour, length].map((picker) => picker!.getAttribute("aria-label"))).toEqual([
      "Colour of Scarf",
      "Length of Scarf",
    ]);
    expect([colour!.value, length!.value]).toEqual(["Red", "Short"]);
    colour!.value = "Blue";
    colour!.dispatchEvent(new window.Event("change", { bubbles: true }));
    expect([colour!.value, length!.value]).toEqual(["Blue", "Long"]);
    expect(textOf(document.querySelector("tsuide-set [data-total] s"))).toBe("$49.95");
  });

  test("shows the picture of the variant chosen, and the product's own for a variant without one", async () => {
    const { shop, shopper } = openShop();
    const scarf = buildProduct(20, "Scarf", 2000, {}, ["Red", "Blue"]);
    scarf.variants[1]!.image = "/__images/blue.svg";
    shop.products.set(scarf.id, scarf);
    publishOffer(shop, [8020]);
    const { document, window } = await browse(shopper, "/products/green-tea");
    const choice = document.querySelector<HTMLSelectElement>("tsuide-set li:last-child select")!;
    const choose = async (variant: string) => {
      choice.value = variant;
      choice.dispatchEvent(new window.Event("change", { bubbles: true }));
      await settled();
      const image = document.querySelector("tsuide-set li:last-child img")!;
      return [new URL(image.getAttribute("src")!, "http://localhost:4000").pathname, image.hasAttribute("srcset")];
    };
    const [red, blue] = scarf.variants.map(({ id }) => id);
    expect(await choose(blue!)).toEqual(["/__images/blue.svg", false]);
    expect(await choose(red!)).toEqual(["/__images/scarf.svg", false]);
  });
});

describe("this item", () => {
  test("follows the variant chosen in the page's own form", async () => {
    const { document, change, at, tick, total } = await openSet();
    tick(2);
    const own = document.querySelector<HTMLSelectElement>("form[action*='/cart/add'] [name='id']")!;
    own.value = "40011";
    change(own);
    await settled();
    expect(total()).toBe("$33.70");
    expect(textOf(at("[data-variant-title]"))).toBe("100 g");
  });

  test("follows a form whose field a script changes without an event", async () => {
    const { document, tick, total } = await openSet();
    tick(2);
    const own = document.querySelector<HTMLSelectElement>("form[action*='/cart/add'] [name='id']")!;
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "id", value: "40010" });
    own.replaceWith(hidden);
    await settled();
    hidden.value = "40011";
    await settled();
    expect(total()).toBe("$33.70");
  });

  test("follows the address where the page has no form for it", async () => {
    const { document, window, tick, total } = await openSet();
    tick(2);
    document.querySelector("form[action*='/cart/add']")!.remove();
    window.history.replaceState(null, "", "?variant=40011");
    window.dispatchEvent(new window.Event("popstate"));
    await settled();
    expect(total()).toBe("$33.70");
  });

  test("is in the cart by its variant: another one can still be added", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002]);
    await shopper.send("/cart/add.js", { items: [{ id: 40_010 }] });
    const { document, window } = await browse(shopper, "/products/green-tea");
    const label = () => textOf(document.querySelector("tsuide-set [data-add]"));
    expect(label()).toBe("Add 1 to cart");
    const own = document.querySelector<HTMLSelectElement>("form[action*='/cart/add'] [name='id']")!;
    own.value = "40011";
    own.dispatchEvent(new window.Event("change", { bubbles: true }));
    await settled();
    expect(label()).toBe("Add 2 to cart");
  });

  test("is taken as often as the page's own quantity says", async () => {
    const { document, change, tick, label, total, at, submit, additions } = await openSet();
    tick(2);
    const each = () => textOf(at("[data-item] b"));
    expect(each()).toBe("$17.95");
    const quantity = document.querySelector<HTMLInputElement>("form[action*='/cart/add'] [name='quantity']")!;
    quantity.value = "3";
    change(quantity);
    await settled();
    expect(label()).toBe("Add 4 to cart");
    expect(textOf(at("[data-quantity]"))).toBe("× 3");
    // The one companion lowers one unit of the three.
    expect(each()).toBe("$19.95");
    expect(total()).toBe("$69.10");
    await submit();
    expect(additions()[0]!.body).toMatchObject({
      items: [
        { id: 40_010, quantity: 3 },
        { id: 40_020, quantity: 1 },
      ],
    });
  });

  test("is not offered while the page shows a variant that is sold out", async () => {
    const { shop, shopper } = openShop();
    shop.products.get("8001")!.variants[1]!.inventoryQuantity = 0;
    publishOffer(shop, [8002]);
    const { document, window } = await browse(shopper, "/products/green-tea");
    const set = document.querySelector<HTMLElement>("tsuide-set")!;
    expect(set.hidden).toBe(false);
    const own = document.querySelector<HTMLSelectElement>("form[action*='/cart/add'] [name='id']")!;
    own.value = "40011";
    own.dispatchEvent(new window.Event("change", { bubbles: true }));
    await settled();
    expect(set.hidden).toBe(true);
  });
});
