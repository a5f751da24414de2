/// <reference types="@shopify/ui-extensions/purchase.checkout.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { afterEach, beforeEach, vi } from "vitest";
import { line } from "./published.ts";

export const extension = getExtension("purchase.checkout.block.render");
export const text = () => document.body.textContent ?? "";
export const all = (tag: string) => [...document.body.querySelectorAll<HTMLElement>(tag)];
/** Titles of the suggestions, in the order shown. */
export const suggestions = () => all("s-grid").map((grid) => grid.querySelector("s-text")!.textContent);

/** What the buyer allows; `saleOfData` undefined where they have not decided. */
export const consent = (preferences: boolean, saleOfData?: boolean) => {
  const { value } = extension.shopify.customerPrivacy;
  extension.shopify.customerPrivacy.value = {
    ...value,
    allowedProcessing: { ...value.allowedProcessing, preferences },
    visitorConsent: { preferences, saleOfData: saleOfData as boolean },
  };
};

/** What the Storefront API answers from now on. */
export const shopSells = (...nodes: (object | null)[]) => {
  const query = vi.fn().mockResolvedValue({ data: { nodes } });
  extension.shopify.query = query;
  return query;
};

const CALM_TURNS = 4;
const TURN_MS = 40;

/** Waits until nothing has changed for a while: effects run after a frame, and a busy machine's frames are late. */
export async function settle() {
  for (let calm = 0; calm < CALM_TURNS;) {
    const before = document.body.innerHTML;
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
    calm = document.body.innerHTML === before ? calm + 1 : 0;
  }
}

export async function render() {
  await extension.render();
  await settle();
}

/** Gives each test of a file a checkout of its own: two lines of $60 and $40, and nothing published. */
export function openCheckout() {
  beforeEach(() => {
    extension.setUp();
    extension.shopify.settings.value = { add_on_share: undefined as never, hide_goal: false };
    extension.shopify.extension = { ...extension.shopify.extension, editor: undefined };
    extension.shopify.cost.totalAmount.value = { amount: 100, currencyCode: "USD" };
    extension.shopify.i18n.translate = ((key: string, options: object = {}) =>
      [key, ...Object.values(options)].join(" ")) as typeof extension.shopify.i18n.translate;
    extension.shopify.i18n.formatCurrency = (amount, options) =>
      new Intl.NumberFormat("en", { style: "currency", ...options }).format(amount);
    extension.shopify.lines.value = [line(1, 60), line(2, 40)];
    extension.shopify.instructions.value = {
      ...extension.shopify.instructions.value,
      lines: { ...extension.shopify.instructions.value.lines, canAddCartLine: true },
    };
  });
  afterEach(() => extension.tearDown());
}
