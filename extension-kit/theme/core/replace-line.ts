import { type AddAnswer, type AjaxCart, type AjaxLine, postToCart, readCart } from "./ajax-cart.ts";
import { ADDED, type CartItem, type Outcome, REFUSED, UNKNOWN } from "./outcome.ts";

const has = (cart: AjaxCart | null, key: string | undefined) => cart?.items.find((line) => line.key === key);

const alike = (cart: AjaxCart | null, { id, properties }: CartItem) =>
  cart?.items.find((line) => line.variant_id === id && line.properties?._tsuide === properties?._tsuide);

const setQuantity = (key: string | undefined, quantity: number) => postToCart("change.js", { id: key, quantity });

/**
 * Puts an item in the place of a line. The new line is added first: where that is refused, the cart stays as it was. Where
 * the old line cannot be taken away, the new one goes again. It sends no event: whoever calls loads the page again.
 */
export async function replaceLine({ key }: AjaxLine, item: CartItem): Promise<Outcome> {
  const { status, answer } = await postToCart<AddAnswer>("add.js", { items: [item] });
  // Where the answer was lost, the line may be there all the same.
  const added = answer?.items?.[0]?.key ?? (status === 0 ? alike(await readCart(), item)?.key : undefined);
  if (!added) return { kind: status < 400 ? UNKNOWN : REFUSED, message: answer?.description };
  await setQuantity(key, 0);
  const cart = await readCart();
  if (!has(cart, key)) return { kind: cart ? ADDED : UNKNOWN };
  await setQuantity(added, Math.max(0, (has(cart, added)?.quantity ?? 0) - item.quantity));
  return { kind: REFUSED };
}
