import { readFileSync } from "node:fs";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { handleStorefront } from "../../../test/dev-store/storefront/handle-storefront.ts";
import {
  buildContext,
  buildProduct,
  buildShop,
  setMetafield,
  Shopper,
} from "../../../test/dev-store/storefront/sample-shop.ts";
import type { DevShop } from "../../../test/dev-store/state.ts";

/** Green Tea (8001, two sizes) of the sample shop: the product that offers are made for here. */
export const TEA = "gid://shopify/Product/8001";
export const gidOf = (product: number) => `gid://shopify/Product/${product}`;

/** The sample shop with a tray in three sizes (8007, the first sold out) and a scoop (8009), and no offer yet. */
export function openShop(given: Partial<DevShop> = {}) {
  const shop = buildShop(given);
  const tray = buildProduct(7, "Bamboo Tray", 3450, {}, ["Small", "Medium", "Large"]);
  tray.variants[0]!.inventoryQuantity = 0;
  const scoop = buildProduct(9, "Tea Scoop", 645);
  for (const product of [tray, scoop]) shop.products.set(product.id, product);
  const context = buildContext(shop);
  return { shop, shopper: new Shopper((request) => handleStorefront(request, context)) };
}

/** Publishes an offer for the tea; further fields replace those of the offer. */
export function publishOffer(shop: DevShop, companions: number[], given: object = {}) {
  setMetafield(shop, TEA, "$app", "companions", "list.product_reference", companions.map(gidOf));
  setMetafield(shop, TEA, "$app", "offer", "json", {
    version: 1,
    id: "bt-8001",
    discountBasisPoints: 1000,
    set: 3,
    companions: companions.map((product) => ({ product: String(product), weight: 0.5 })),
    ...given,
  });
}

/** Publishes what theme blocks read of the shop; goal amounts in hundredths. */
export function publishStorefront(shop: DevShop, given: object) {
  const installation = `gid://shopify/AppInstallation/${shop.installation.id}`;
  setMetafield(shop, installation, "tsuide", "storefront", "json", { version: 1, enabled: true, goal: null, ...given });
}

export async function page(shopper: Shopper, path: string): Promise<Document> {
  return new JSDOM(await (await shopper.ask(path)).text()).window.document;
}

export const textOf = (element: Element | null) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

/** A browser with the shop's script running over a page of it; every request goes to the shop, or to `answer`. */
export async function browse(
  shopper: Shopper,
  path: string,
  answer: (path: string, init: RequestInit | undefined) => Promise<Response> | null = () => null,
) {
  const html = await (await shopper.ask(path)).text();
  const dom = new JSDOM(html, { url: new URL(path, "http://localhost:4000").href, runScripts: "outside-only" });
  const requests: { path: string; body: unknown }[] = [];
  const fetch = (target: URL | string, init?: RequestInit) => {
    const { pathname, search } = new URL(String(target), dom.window.location.href);
    requests.push({ path: pathname + search, body: init?.body ? JSON.parse(init.body as string) : null });
    const { signal: _signal, ...rest } = init ?? {};
    return answer(pathname, init) ?? shopper.ask(pathname + search, rest);
  };
  const observers: ((list: { getEntries(): { name: string }[] }) => void)[] = [];
  class PerformanceObserver {
    constructor(notify: (typeof observers)[number]) {
      observers.push(notify);
    }
    observe() {}
    disconnect() {}
  }
  Object.assign(dom.window, { fetch, PerformanceObserver, CSS: { escape: (text: string) => text } });
  const script = readFileSync(join(import.meta.dirname, "../assets/tsuide.js"), "utf8").replaceAll(
    "export function",
    "function",
  );
  dom.window.eval(`(() => {${script}})()`);
  return {
    window: dom.window,
    document: dom.window.document,
    requests,
    /** What a browser notes when any script asks for this address. */
    note: (name: string) => observers.forEach((notify) => notify({ getEntries: () => [{ name }] })),
  };
}

/** Until what was started has been answered and shown. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 200));

/** What a browser sends of a form; a select that rests on a disabled option sends nothing, which jsdom forgets. */
export function fieldsOf(form: HTMLFormElement): Record<string, string> {
  const fields = new form.ownerDocument.defaultView!.FormData(form);
  for (const select of form.querySelectorAll("select")) {
    if (select.selectedOptions[0]?.disabled) fields.delete(select.name);
  }
  return Object.fromEntries(fields.entries()) as Record<string, string>;
}
