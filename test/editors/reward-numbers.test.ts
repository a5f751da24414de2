// @vitest-environment jsdom
import { AppProvider } from "@shopify/polaris";
import polarisEnglish from "@shopify/polaris/locales/en.json" with { type: "json" };
import { act, createElement, useState } from "react";
import { createRoot, type Root } from "react-dom/client";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { formOf, offerEditor } from "../fixtures/offer-editor.ts";
import { contentShape } from "../../app/domain/offers/offer-types.ts";
import type { OfferContent } from "../../app/domain/offers/offer.ts";
import type { OfferEditorView } from "../../app/views/offer-editor-view.ts";
import type { ShapeForm } from "../../app/ui/forms/shape-form.ts";
import { loadAllMessages } from "../../app/ui/kit/i18n.ts";
import { LocaleProvider } from "../../app/ui/kit/locale-provider.tsx";
import { offerForm, parseOfferForm } from "../../app/ui/offers/offer-form.ts";

await loadAllMessages();

// Polaris asks for it as soon as it is imported.
vi.hoisted(() => {
  const nothing = () => undefined;
  window.matchMedia = (media) =>
    ({ media, matches: false, addListener: nothing, removeListener: nothing }) as unknown as MediaQueryList;
});

/** What a set gives is chosen in its editor, and each kind has numbers of its own. */

const content = contentShape("bought-together").default;
const viewOf = (reward: OfferContent["reward"]): OfferEditorView => ({
  ...{ stored: null, type: "bought-together", content: { ...content, reward }, paused: false, shopMode: "automatic" },
  shop: { currency: "USD", currencies: ["USD"], timezone: "Asia/Tokyo" },
  shippingRates: [],
});

let root: Root;
let fields: ShapeForm;

function Editor({ view }: { view: OfferEditorView }) {
  const [form, setForm] = useState(offerForm(view));
  fields = form;
  const change = (typed: ShapeForm) => setForm((before) => ({ ...before, ...typed }));
  return offerEditor(view, {}, { form: formOf(form, { change }) });
}

async function openEditor(reward: OfferContent["reward"]) {
  const router = createMemoryRouter([
    { path: "/", element: createElement(Editor, { view: viewOf(reward) }) },
    { path: "/app/set-costs", loader: () => ({ product: null, sets: [] }) },
  ]);
  const routed = createElement(RouterProvider, { router, future: { v7_startTransition: false } });
  const polaris = createElement(AppProvider, { i18n: polarisEnglish, children: routed });
  const locale = { language: "en", tag: "en" } as const;
  const place = document.body.appendChild(document.createElement("div"));
  root = createRoot(place);
  await act(() => root.render(createElement(LocaleProvider, { locale, children: polaris })));
}

const choose = (kind: string) =>
  act(() => document.querySelector<HTMLInputElement>(`[id="reward.kind"] input[value="${kind}"]`)!.click());

/** Types as a person does: React listens to the browser's own events. */
const type = (name: string, text: string) =>
  act(() => {
    const input = document.getElementById(`reward.${name}`) as HTMLInputElement;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });

const shown = (...names: string[]) =>
  names.map((name) => (document.getElementById(`reward.${name}`) as HTMLInputElement | null)?.value);

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
});
afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

test("store credit after a discount begins with its own share, wait and expiry, and can be saved", async () => {
  await openEditor({ kind: "percent", basisPoints: 1_500 });
  expect(shown("basisPoints")).toEqual(["15"]);
  await choose("credit-percent");
  expect(shown("basisPoints", "waitDays", "expiryDays")).toEqual(["5", "14", "365"]);
  expect(parseOfferForm("bought-together", fields)).toMatchObject({
    code: "ok",
    input: { reward: { kind: "credit-percent", basisPoints: 500, waitDays: 14, expiryDays: 365 } },
  });
});

test("a discount after store credit begins with the discount's own percentage", async () => {
  const times = { waitDays: 30, expiryDays: null };
  await openEditor({ kind: "credit-percent", basisPoints: 300, most: {}, budget: {}, ...times });
  expect(shown("basisPoints", "waitDays", "expiryDays")).toEqual(["3", "30", ""]);
  await choose("percent");
  expect(shown("basisPoints")).toEqual(["10"]);
});

test("what was typed for a kind is there again, by whichever way one comes back", async () => {
  await openEditor({ kind: "percent", basisPoints: 1_500 });
  await choose("amount-off");
  await choose("credit-percent");
  await type("basisPoints", "7");
  await type("expiryDays", "");
  await choose("percent");
  expect(shown("basisPoints")).toEqual(["15"]);
  await choose("credit-percent");
  expect(shown("basisPoints", "waitDays", "expiryDays")).toEqual(["7", "14", ""]);
});

test("the two kinds of store credit share when it is given and when it expires", async () => {
  await openEditor({ kind: "percent", basisPoints: 1_500 });
  await choose("credit-percent");
  await type("waitDays", "0");
  await type("expiryDays", "90");
  await choose("credit-amount");
  expect(shown("waitDays", "expiryDays")).toEqual(["0", "90"]);
});
