// Names of the document events by which this theme's parts communicate.
export const EVENTS = {
  cartBeforeChange: "cart:before-change",
  cartChange: "cart:change",
  cartError: "cart:error",
  productAdded: "ajaxProduct:added",
  variantChange: "variant:change",
};

export function subscribe(eventName, callback) {
  document.addEventListener(eventName, callback);
  return () => document.removeEventListener(eventName, callback);
}

export function publish(eventName, detail) {
  document.dispatchEvent(new CustomEvent(eventName, { detail }));
}

/** Calls the Ajax cart and publishes what came of it: `cart:change` with the whole cart, or `cart:error`. */
export async function changeCart(path, body) {
  publish(EVENTS.cartBeforeChange, {});
  const response = await fetch(`${window.Shopify.routes.root}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) {
    publish(EVENTS.cartError, { errors: answer.description || answer.message });
    return null;
  }
  const isAdd = path === "cart/add.js";
  const cart = isAdd ? await (await fetch(`${window.Shopify.routes.root}cart.js`)).json() : answer;
  publish(EVENTS.cartChange, { cart, ...(isAdd ? { items: answer.items ?? [answer] } : {}) });
  return answer;
}
