// @vitest-environment jsdom
import { AppProvider } from "@shopify/polaris";
import polarisEnglish from "@shopify/polaris/locales/en.json" with { type: "json" };
import { act, createElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { offerEditor } from "../fixtures/offer-editor.ts";
import { gid } from "../../app/domain/ids.ts";
import { contentShape } from "../../app/domain/offers/offer-types.ts";
import type { OfferContent } from "../../app/domain/offers/offer.ts";
import type { OfferTypeName } from "../../app/domain/offers/offer-type-name.ts";
import type { OfferEditorView } from "../../app/views/offer-editor-view.ts";
import { loadAllMessages } from "../../app/ui/kit/i18n.ts";
import { LocaleProvider } from "../../app/ui/kit/locale-provider.tsx";
import { PRODUCTS } from "../../app/ui/offers/use-product-titles.ts";

/** Rewards that save nothing, or cost the shop money, are said in the editor, before anybody saves. */

await loadAllMessages();

// Polaris asks for it as soon as it is imported.
vi.hoisted(() => {
  const nothing = () => undefined;
  window.matchMedia = (media) =>
    ({ media, matches: false, addListener: nothing, removeListener: nothing }) as unknown as MediaQueryList;
});

const SOAP = gid("Product", 1);
const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });
const products = [{ productId: SOAP, title: "Soap", price: usd(900), cost: usd(500) }];
const percent = (basisPoints: number) => ({ kind: "percent", basisPoints });
const amount = (kind: string, USD: number) => ({ kind, amounts: { USD } });

let root: Root;
beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
});
afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

/** The editor of an offer for one soap of 9.00 that costs the shop 5.00. */
async function openEditor(type: OfferTypeName, config: object, tag: "en" | "ja") {
  const empty = contentShape(type).default;
  const content = {
    ...{ ...empty, config: { ...(empty.config as object), ...config } },
    conditions: [[{ condition: "products", products: [SOAP] }]],
  } as OfferContent;
  const view: OfferEditorView = {
    ...{ stored: null, type, content, paused: false, shopMode: "automatic", shippingRates: [] },
    shop: { currency: "USD", currencies: ["USD"], timezone: "Asia/Tokyo" },
  };
  const router = createMemoryRouter([
    { path: PRODUCTS, loader: () => ({ products }) },
    { path: "*", element: offerEditor(view, {}) },
  ]);
  const routed = createElement(RouterProvider, { router, future: { v7_startTransition: false } });
  const polaris = createElement(AppProvider, { i18n: polarisEnglish, children: routed });
  const locale = { language: tag, tag } as const;
  root = createRoot(document.body.appendChild(document.createElement("div")));
  await act(() => root.render(createElement(LocaleProvider, { locale, children: polaris })));
  return () => document.body.textContent;
}

const tiers = (...rewards: object[]) => ({ tiers: rewards.map((reward, at) => ({ quantity: 2 + at, reward })) });

test.each([
  [
    "quantity-breaks",
    tiers(percent(1_000), percent(5_000)),
    "Shoppers pay $13.50 for 3 units of Soap, which cost you $15.00.",
  ],
  [
    "quantity-breaks",
    tiers(amount("amount-off", 900)),
    "This takes off all of the $9.00 that Soap costs: shoppers get it for free.",
  ],
  [
    "quantity-breaks",
    tiers(amount("fixed-price", 900)),
    "Even Soap, the most expensive of these products, costs only $9.00.",
  ],
  [
    "buy-x-get-y",
    { buy: 1, get: 2, reward: percent(10_000) },
    "Shoppers pay $9.00 for 3 units of Soap, which cost you $15.00.",
  ],
  [
    "buy-x-get-y",
    { gets: "others", gotProducts: [SOAP], reward: percent(9_000) },
    "Shoppers pay $0.90 for 1 unit of Soap, which costs you $5.00.",
  ],
  ["mix-and-match", { choose: 3, reward: percent(6_000) }, "Soap costs you $5.00."],
] as const)("the editor of %s says what is wrong with %j", async (type, config, text) => {
  const said = await openEditor(type, config, "en");
  await vi.waitFor(() => expect(said()).toContain(text));
});

test("and says it in Japanese", async () => {
  const said = await openEditor("quantity-breaks", tiers(percent(5_000)), "ja");
  await vi.waitFor(() => expect(said()).toContain("「Soap」2点でお支払いは$9.00になりますが、原価は$10.00です。"));
});

test("a reward that covers the cost is not remarked on", async () => {
  const said = await openEditor("quantity-breaks", tiers(percent(1_000)), "en");
  await vi.waitFor(() => expect(said()).toContain("Soap"));
  expect(said()).not.toMatch(/cost you|costs you|save nothing|for nothing/);
});
