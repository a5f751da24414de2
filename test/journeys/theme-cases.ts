import { existsSync } from "node:fs";
import type { Page } from "playwright-core";

/** How one theme is looked at from outside: what a shopper sees of the cart, and what the theme does after adding. */
export interface ThemeCase {
  name: string;
  /** A shipped theme's name, or a folder. */
  theme: string;
  settings?: Record<string, unknown>;
  /** The number of items that the header shows; empty where it shows none. */
  count: string;
  /** Adds the product of a product page with the theme's own button. */
  addButton: string;
  /** What opens after the theme's own add; null for a theme that only updates its header. */
  opens: string | null;
  /** What an app's call of `Shopify.actions.updateCart` leads to: the theme's own handling, or one of the defaults. */
  onAction: "configured" | "refreshed in place" | "reloaded";
  /** The root font size in px that apps' `rem` is measured with. */
  rootFontSize: number;
  /** Changes the quantity of the first line on the cart page. */
  setQuantity(page: Page, quantity: number): Promise<void>;
  /** Waits until the theme's own scripts have taken over its form. */
  ready(page: Page): Promise<unknown>;
}

/** Types into the first line's field, as a shopper who leaves it with Tab. */
async function typeQuantity(page: Page, quantity: number): Promise<void> {
  const field = page.locator("main input[type=number]:visible").first();
  await field.fill(String(quantity));
  await field.press("Tab");
}

const defined = (name: string) => (page: Page) =>
  page.waitForFunction((element) => customElements.get(element) !== undefined, name);

const dawn = {
  count: "#cart-icon-bubble .cart-count-bubble span:first-child",
  addButton: "product-form [type=submit]",
  onAction: "refreshed in place" as const,
  rootFontSize: 10,
  setQuantity: typeQuantity,
  ready: defined("product-form"),
};

const dawnCases = (name: string, theme: string): ThemeCase[] => [
  {
    ...dawn,
    name: `${name}, notification`,
    theme,
    settings: { cart_type: "notification" },
    opens: "#cart-notification",
  },
  { ...dawn, name: `${name}, drawer`, theme, settings: { cart_type: "drawer" }, opens: "cart-drawer .drawer__inner" },
];

const plain: ThemeCase = {
  ...{ name: "plain", theme: "plain", count: "[data-cart-count]", addButton: "[data-product-form] [data-add]" },
  ...{ opens: null, onAction: "reloaded", rootFontSize: 16, setQuantity: typeQuantity },
  ready: (page) => page.waitForFunction(() => document.documentElement.classList.contains("js")),
};

const horizon: Omit<ThemeCase, "name" | "theme"> = {
  ...{ count: "cart-icon .cart-bubble__text-count:not(.hidden)", rootFontSize: 16 },
  addButton: "product-form-component [type=submit]:visible",
  onAction: "configured",
  settings: { auto_open_cart_drawer: true },
  opens: "#cart-drawer dialog[open], theme-drawer#cart-drawer[open]",
  async setQuantity(page, quantity) {
    const plus = page.locator("main cart-quantity-selector-component button[name=plus]:visible").first();
    const field = page.locator("main cart-quantity-selector-component input:visible").first();
    while (Number(await field.inputValue()) < quantity) await plus.click();
  },
  ready: defined("product-form-component"),
};

const likeHorizon: ThemeCase = {
  ...horizon,
  ...{ name: "like Horizon", theme: "like-horizon", count: "cart-icon .cart-bubble__text-count:not(.hidden)" },
  ...{ opens: "#cart-drawer dialog[open]", setQuantity: typeQuantity },
};

const likeArchetype: ThemeCase = {
  ...{ name: "like Archetype", theme: "like-archetype", count: "cart-count:not([hidden])", rootFontSize: 16 },
  ...{ addButton: "buy-buttons [type=submit]", opens: "cart-drawer .drawer__inner", setQuantity: typeQuantity },
  onAction: "reloaded",
  ready: defined("buy-buttons"),
};

/** Shopify's own Dawn and Horizon are looked at where a folder of each is given. */
function givenThemes(): ThemeCase[] {
  const { THEME_DAWN, THEME_HORIZON } = process.env;
  for (const folder of [THEME_DAWN, THEME_HORIZON]) {
    if (folder && !existsSync(folder)) throw new Error(`There is no folder ${folder}`);
  }
  return [
    ...(THEME_DAWN ? dawnCases("Dawn", THEME_DAWN) : []),
    ...(THEME_HORIZON ? [{ ...horizon, name: "Horizon", theme: THEME_HORIZON }] : []),
  ];
}

/** Every theme that journeys go through: the shipped ones, and those given in `THEME_DAWN` and `THEME_HORIZON`. */
export const THEME_CASES: ThemeCase[] = [
  ...[plain, ...dawnCases("like Dawn", "like-dawn"), likeHorizon, likeArchetype],
  ...givenThemes(),
];

/** Whether a theme shows the cart in a drawer, and not in a notification or on its page alone. */
export const hasDrawer = ({ opens }: ThemeCase) => opens !== null && !opens.includes("notification");
