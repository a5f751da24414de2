import { signal } from "@preact/signals";
import { defineElements } from "./frame-elements.ts";
import type { ExtensionState } from "./extension-state.ts";
import { type Translations, translate } from "../theme/engine/translate.ts";

/** Runs inside an extension's frame: the `shopify` global as checkout gives it, fed by the state of the page. */

declare global {
  interface Window {
    __state: ExtensionState;
  }
}

const state = window.__state;
const locale = state.texts.locale;

/** A signal as the API types it, readable as `.current` too. */
function live<T>(value: T) {
  const made = signal(value);
  Object.defineProperty(made, "current", { get: () => made.value });
  return made;
}

const signals = Object.fromEntries(
  Object.entries(state.live).map(([name, value]) => [name, live(value ?? undefined)]),
) as Record<string, ReturnType<typeof live<unknown>>>;

function accept(next: ExtensionState): void {
  for (const [name, value] of Object.entries(next.live)) {
    const known = signals[name];
    if (known && JSON.stringify(known.value) !== JSON.stringify(value ?? undefined)) known.value = value ?? undefined;
  }
}

async function call(
  name: string,
  change: unknown,
): Promise<{ state?: ExtensionState; error?: string; token?: string }> {
  const response = await fetch(`${state.changes?.path ?? "/checkout/extension-api"}/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ target: state.target, change }),
  });
  return (await response.json()) as { state?: ExtensionState; error?: string };
}

async function apply(name: string, change: unknown): Promise<{ type: "success" } | { type: "error"; message: string }> {
  try {
    const answer = await call(name, change);
    if (!answer.state) return { type: "error", message: answer.error ?? "The change was not accepted." };
    accept(answer.state);
    parent.postMessage({ type: "changed" }, location.origin);
    return { type: "success" };
  } catch {
    return { type: "error", message: "The change could not be sent." };
  }
}

/** `i18n.translate`: text where every replacement is text, else the parts in order. */
function translateText(key: string, options: Record<string, unknown> = {}): unknown {
  const parts = Object.entries(options).filter(([, value]) => typeof value === "object" && value !== null);
  if (parts.length === 0) return translate(state.texts as Translations, key, options, false);
  const marked = Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, typeof value === "object" ? `\u0000${name}\u0000` : value]),
  );
  return translate(state.texts as Translations, key, marked, false)
    .split("\u0000")
    .map((part) => (part in options ? options[part] : part))
    .filter((part) => part !== "");
}

const currencyCode = () => (signals.currency!.value as { isoCode: string }).isoCode;
const prefix = `ext:${state.handle}:`;

const api: Record<string, unknown> = {
  version: state.apiVersion,
  extensionPoint: state.target,
  extension: {
    apiVersion: state.apiVersion,
    capabilities: live(state.apiAccess ? ["api_access"] : []),
    rendered: live(true),
    scriptUrl: location.href,
    target: state.target,
    version: "1",
  },
  shop: state.shop,
  cost: {
    subtotalAmount: signals.subtotalAmount,
    totalShippingAmount: signals.totalShippingAmount,
    totalTaxAmount: signals.totalTaxAmount,
    totalAmount: signals.totalAmount,
  },
  buyerIdentity: {
    customer: live(undefined),
    email: live(undefined),
    phone: live(undefined),
    purchasingCompany: live(state.purchasingCompany ?? undefined),
  },
  localization: {
    currency: signals.currency,
    language: signals.language,
    extensionLanguage: signals.extensionLanguage,
    country: signals.country,
    market: signals.market,
    timezone: signals.timezone,
  },
  i18n: {
    translate: translateText,
    formatNumber: (value: number, options?: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(locale, options).format(value),
    formatCurrency: (value: number, options?: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(locale, { style: "currency", currency: currencyCode(), ...options }).format(value),
    formatDate: (value: Date, options?: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, options).format(value),
  },
  checkoutToken: live(state.checkoutToken),
  appliedGiftCards: live([]),
  availablePaymentOptions: live([{ type: "creditCard", handle: "test" }]),
  selectedPaymentOptions: live([{ type: "creditCard", handle: "test" }]),
  deliveryGroups: live([]),
  checkoutSettings: live({
    orderSubmission: "ORDER",
    paymentTermsTemplate: undefined,
    shippingAddress: { isEditable: true },
  }),
  buyerJourney: {
    intercept: async () => () => undefined,
    completed: live(state.orderConfirmation !== null),
    steps: live([]),
    activeStep: live({ handle: state.orderConfirmation ? "thank-you" : "checkout" }),
  },
  customerPrivacy: live(state.customerPrivacy),
  applyTrackingConsentChange: async () => ({ type: "success" }),
  analytics: {
    publish: async (name: string, data: unknown) => publishOnPage(name, data),
    visitor: async () => ({ type: "success" }),
  },
  sessionToken: { get: async () => (await call("session-token", null)).token },
  storage: {
    read: async (key: string) => JSON.parse(localStorage.getItem(prefix + key) ?? "null") as unknown,
    write: async (key: string, data: unknown) => localStorage.setItem(prefix + key, JSON.stringify(data)),
    delete: async (key: string) => localStorage.removeItem(prefix + key),
  },
  async query(query: string, options: { variables?: unknown; version?: string } = {}) {
    if (!state.apiAccess) throw new Error("query() needs the api_access capability.");
    const response = await fetch(`/api/${options.version ?? state.apiVersion}/graphql.json`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables: options.variables ?? {} }),
    });
    return response.json() as unknown;
  },
};
for (const name of [
  "lines",
  "appMetafields",
  "attributes",
  "note",
  "instructions",
  "settings",
  "discountCodes",
  "discountAllocations",
]) {
  api[name] = signals[name];
}
if (state.orderConfirmation) api.orderConfirmation = live(state.orderConfirmation);
if (state.changes) {
  api.applyCartLinesChange = (change: unknown) => apply("lines", change);
  api.applyAttributeChange = (change: unknown) => apply("attributes", change);
  api.applyNoteChange = (change: unknown) => apply("note", change);
  api.applyDiscountCodeChange = async () => ({ type: "error", message: "Discount codes cannot be changed here." });
  api.applyGiftCardChange = async () => ({ type: "error", message: "Gift cards cannot be changed here." });
}
(globalThis as unknown as { shopify: unknown }).shopify = api;
defineElements();

/** The analytics bus is the page's. */
function publishOnPage(name: string, data: unknown): boolean {
  const { Shopify } = parent as unknown as {
    Shopify?: { analytics: { publish(name: string, data: unknown): boolean } };
  };
  return Shopify?.analytics.publish(name, data) ?? false;
}

/** Starts the extension's default export, and tells the page how tall the frame has to be. */
export function startExtension(run: () => unknown): void {
  const measure = () => parent.postMessage({ type: "height", height: document.body.scrollHeight }, location.origin);
  new ResizeObserver(measure).observe(document.body);
  addEventListener("message", (event: MessageEvent<{ type?: string }>) => {
    if (event.origin === location.origin && event.data.type === "changed" && state.changes) {
      void call("state", null).then((answer) => answer.state && accept(answer.state));
    }
  });
  void Promise.resolve(run()).then(measure);
}
