// Shopify's library of standard storefront events, as a theme imports it from Shopify's file host.

const RESOURCES = { id: null, merchandiseId: "ProductVariant" };

/** A raw number or token as a global id; what is one already, or is no id, stays. */
export function createGid(resource, id) {
  const text = String(id);
  return text.startsWith("gid://") ? text : `gid://shopify/${resource}/${text}`;
}

const isPlain = (value) =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Global ids in place of bare ones: of what a key holds, or of what the list around it is made of. */
function withGids(value, resource) {
  if (value instanceof Promise) return value.then((result) => withGids(result, null));
  if (Array.isArray(value)) return value.map((each) => withGids(each, resource));
  if (!isPlain(value)) return value;
  const kinds = { product: "Product", variant: "ProductVariant", selectedVariant: "ProductVariant", cart: "Cart" };
  const inside = { ...kinds, lines: "CartLine", collection: "Collection" };
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key in RESOURCES && (typeof each === "string" || typeof each === "number")) {
        const kind = RESOURCES[key] ?? resource;
        return [key, kind ? createGid(kind, each) : each];
      }
      return [key, key === "detail" ? each : withGids(each, inside[key] ?? null)];
    }),
  );
}

/** A cart of `/cart.js` in the Storefront API's shape. */
function createCartFromAjaxResponse(cart) {
  const money = (hundredths) => {
    const units = Number(hundredths) / 100;
    return { amount: Number.isInteger(units) ? units.toFixed(1) : String(units), currencyCode: cart.currency };
  };
  return {
    id: createGid("Cart", cart.token),
    totalQuantity: cart.item_count,
    cost: { totalAmount: money(cart.total_price) },
    lines: cart.items.map((item) => ({
      id: createGid("CartLine", item.key ?? item.id),
      quantity: item.quantity,
      cost: { totalAmount: money(item.final_line_price) },
    })),
    discountCodes: (cart.discount_codes ?? []).map(({ code, applicable }) => ({ code, applicable })),
  };
}

function createPromise() {
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  return deferred;
}

export class ShopifyStandardEvent extends Event {
  static createGid = createGid;
  constructor(type, payload, options) {
    super(type, { bubbles: true, composed: true, ...options });
    // A rejection that nobody listens to is not an error of the page.
    payload.promise?.catch(() => {});
    Object.assign(this, withGids(payload, null));
    this.promise?.catch(() => {});
  }
}

/** A class for one event; `extras` become its static members. */
function standardEvent(eventName, extras = {}) {
  const type = class extends ShopifyStandardEvent {
    static eventName = eventName;
    constructor(payload) {
      super(eventName, payload);
    }
  };
  return Object.assign(type, extras);
}

export const StandardEvents = {
  pageView: "shopify:page:view",
  productView: "shopify:product:view",
  productSelect: "shopify:product:select",
  cartView: "shopify:cart:view",
  cartError: "shopify:cart:error",
  cartLinesUpdate: "shopify:cart:lines-update",
  cartNoteUpdate: "shopify:cart:note-update",
  cartDiscountUpdate: "shopify:cart:discount-update",
  searchUpdate: "shopify:search:update",
  collectionView: "shopify:collection:view",
  collectionUpdate: "shopify:collection:update",
};

/** The filters of an address such as `?filter.v.availability=1`; none here, because no collection has filters. */
const parseProductFilters = () => undefined;
const SORT_KEYS = { price: "PRICE", title: "TITLE", created: "CREATED", best: "BEST_SELLING", manual: "MANUAL" };
const getSortKey = (params = new URLSearchParams(location.search)) =>
  SORT_KEYS[(params.get("sort_by") ?? "").split("-")[0]];

const change = { createPromise, createCartFromAjaxResponse };
export const PageViewEvent = standardEvent(StandardEvents.pageView);
export const ProductViewEvent = standardEvent(StandardEvents.productView);
export const ProductSelectEvent = standardEvent(StandardEvents.productSelect, { createPromise });
export const CartViewEvent = standardEvent(StandardEvents.cartView, { createCartFromAjaxResponse });
export const CartErrorEvent = standardEvent(StandardEvents.cartError);
export const CartLinesUpdateEvent = standardEvent(StandardEvents.cartLinesUpdate, change);
export const CartNoteUpdateEvent = standardEvent(StandardEvents.cartNoteUpdate, change);
export const CartDiscountUpdateEvent = standardEvent(StandardEvents.cartDiscountUpdate, change);
export const SearchUpdateEvent = standardEvent(StandardEvents.searchUpdate, {
  ...{ createPromise, parseProductFilters, getSortKey },
});
export const CollectionViewEvent = standardEvent(StandardEvents.collectionView);
export const CollectionUpdateEvent = standardEvent(StandardEvents.collectionUpdate, {
  ...{ createPromise, parseProductFilters, getSortKey },
});

const VIEWS = { product: ProductViewEvent, collection: CollectionViewEvent, cart: CartViewEvent };

/** A custom element's class that dispatches the view event of its payload when it is connected, seen or opened. */
export function createViewEventElement(Base = HTMLElement, { defaultTrigger = "connect" } = {}) {
  return class extends Base {
    #seen = null;

    connectedCallback() {
      super.connectedCallback?.();
      const trigger = this.getAttribute("view-event-trigger") ?? defaultTrigger;
      if (trigger === "connect") queueMicrotask(() => this.dispatchViewEvent());
      if (trigger === "intersect") this.#whenSeen();
      if (trigger === "dialog") this.#whenOpened();
    }

    disconnectedCallback() {
      super.disconnectedCallback?.();
      this.#seen?.disconnect();
    }

    #whenSeen() {
      this.#seen = new IntersectionObserver((entries, observer) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        this.dispatchViewEvent();
      });
      this.#seen.observe(this);
    }

    #whenOpened() {
      const dialog = this.closest("dialog");
      if (!dialog) return;
      this.#seen = new MutationObserver(() => dialog.open && this.dispatchViewEvent());
      this.#seen.observe(dialog, { attributes: true, attributeFilter: ["open"] });
    }

    dispatchViewEvent() {
      const text =
        this.getAttribute("view-event-payload") ?? this.querySelector("script[data-view-event-payload]")?.textContent;
      if (!text) return;
      const payload = JSON.parse(text);
      const kind = Object.keys(VIEWS).find((each) => each in payload);
      if (kind) this.dispatchEvent(new VIEWS[kind](payload));
    }
  };
}
