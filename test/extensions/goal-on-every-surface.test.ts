import fc from "fast-check";
import { expect, test } from "vitest";
import { checkoutEntry, rewardsOfCart } from "../../app/domain/offers/types/goal/at-checkout.ts";
import { parseCheckout } from "../../app/domain/publishing/shop-envelopes.ts";
import { freeDelivery } from "../../app/domain/pricing/price-delivery.ts";
import { encodeShopRules } from "../../app/domain/pricing/rules.ts";
import { toHundredths } from "../../app/domain/money/hundredths.ts";
import { goalOfCart } from "../../extension-kit/cart-goal.ts";
import { buildProduct } from "../dev-store/storefront/sample-shop.ts";
import { browse, openShop, page, publishStorefront, settled } from "../fixtures/open-theme-shop.ts";

/**
 * One cart, one goal: what the goal bar says in Liquid and by its script, what the checkout block says, and whether the
 * discount Function makes shipping free. All of it has to agree, or the shop promises what it does not keep.
 */

/** Tea and a cup ship; so does the gift card in a box. The sample shop's own gift card is sent by mail, a class not at all. */
const VARIANTS = { tea: 40_010, cup: 40_020, mailed: 40_060, boxed: 40_500, class: 40_510 };
const CURRENCIES = { US: "USD", CA: "USD", KW: "KWD", JP: "JPY" } as const;

function open() {
  const market = (id: string, countries: string[], currency: string, rate: number) => ({
    ...{ id, handle: id, name: id, countries, currency, rate, locales: ["en"] },
  });
  const { shop, shopper } = openShop({
    markets: [market("1", ["US", "CA"], "USD", 1), market("2", ["KW"], "KWD", 0.3), market("3", ["JP"], "JPY", 150)],
  });
  shop.products.set("8050", buildProduct(50, "Gift Card in a Box", 2500, { isGiftCard: true }));
  const lesson = buildProduct(51, "Tea Class", 3000);
  lesson.variants[0]!.requiresShipping = false;
  shop.products.set("8051", lesson);
  return { shop, shopper };
}

interface Line {
  final_line_price: number;
  requires_shipping: boolean;
  product_id: number;
  quantity: number;
}
const unitOf = { USD: 1, KWD: 0.1, JPY: 100 };
const decimals = { USD: 2, KWD: 3, JPY: 0 };

const goals = fc.array(
  fc.record({
    amount: fc.integer({ min: 1, max: 120 }),
    countries: fc.option(fc.subarray(["US", "CA", "KW", "JP", "DE"], { minLength: 1 }), { nil: null }),
  }),
  { minLength: 1, maxLength: 3 },
);
const carts = fc.dictionary(
  fc.constantFrom(...(Object.keys(VARIANTS) as (keyof typeof VARIANTS)[])),
  fc.integer({ min: 1, max: 3 }),
  { minKeys: 1 },
);

test("bar, script, checkout block and Function say the same of the same cart", async () => {
  await fc.assert(
    fc.asyncProperty(carts, goals, fc.constantFrom("US", "CA", "KW", "JP"), async (cart, given, country) => {
      const { shop, shopper } = open();
      const currency = CURRENCIES[country];
      const amountMinor = (amount: number) => amount * 10 ** decimals[currency] + (currency === "KWD" ? 7 : 0);
      const offers = given.map(({ amount, countries }, place) => ({
        ...{ type: "goal", id: `goal-${place + 1}`, ...(countries === null ? {} : { countries }) },
        goal: { [currency]: toHundredths({ amountMinor: amountMinor(amount), currency }) },
      }));
      publishStorefront(shop, { version: 2, offers });
      await shopper.submit("/localization", { country_code: country });
      const items = Object.entries(cart).map(([name, quantity]) => ({
        id: VARIANTS[name as keyof typeof VARIANTS],
        quantity,
      }));
      await shopper.send("/cart/add.js", { items });
      const { items: lines } = await shopper.json<{ items: Line[] }>("/cart.js");

      const entries = given.map(({ amount, countries }, place) =>
        checkoutEntry(`goal-${place + 1}`, { amounts: { [currency]: amountMinor(amount) }, countries }),
      );
      const atCheckout = parseCheckout({ version: 2, offers: entries })!.offers;
      const block = goalOfCart(
        lines.map(({ final_line_price, requires_shipping, product_id, quantity }) => ({
          quantity,
          cost: { totalAmount: { amount: final_line_price / 100, currencyCode: currency } },
          merchandise: {
            ...{ title: "", requiresShipping: requires_shipping },
            product: { id: `gid://shopify/Product/${product_id}`, productType: "" },
          },
        })),
        rewardsOfCart(atCheckout, { currency, country }),
        null,
      );
      const free = freeDelivery({
        ...{ currency, country },
        shopRules: encodeShopRules(
          given.map(({ amount, countries }, place) => ({
            ...{ type: "goal", number: place + 1, priority: 0, localDelivery: false, pickUp: false, countries },
            amounts: { [currency]: amountMinor(amount) },
          })),
        ),
        lines: lines.map(({ final_line_price, requires_shipping }) => ({
          requiresShipping: requires_shipping,
          totalMinor: Math.round(final_line_price / unitOf[currency]),
        })),
        groups: [{ country: null, options: [{ handle: "post", method: "SHIPPING", costMinor: 500 }] }],
      });

      const bar = (await page(shopper, "/cart")).querySelector<HTMLElement>("tsuide-goal");
      expect(bar?.dataset.state ?? null).toBe(block?.code ?? null);
      expect(free.length > 0).toBe(block?.code === "reached");
      if (bar === null) return;
      const { document, note } = await browse(shopper, "/cart");
      note("http://localhost:4000/cart/change.js");
      await settled();
      const live = document.querySelector<HTMLElement>("tsuide-goal")!;
      expect(live.dataset.state).toBe(block!.code);
      for (const part of ["[data-text]", "[role=progressbar]"]) {
        expect(live.querySelector(part)!.textContent).toBe(bar.querySelector(part)!.textContent);
      }
      const filled = (of: Element) => of.querySelector("[role=progressbar]")!.getAttribute("aria-valuenow");
      expect(filled(live)).toBe(filled(bar));
    }),
    { numRuns: 25 },
  );
});
