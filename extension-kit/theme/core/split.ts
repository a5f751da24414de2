/**
 * What is left to do of the split once the page is there: the script in the page's head has decided what this shopper is
 * shown. Nothing where no holdout and no experiment runs.
 */
import { type AjaxCart, annotateCart } from "./ajax-cart.ts";
import { publish } from "./shopify-globals.ts";

/** Written by Liquid where a cart without items is to name an arm, also where there is no cart yet. */
const TO_NAME = "?";

const [experiments = [], arms = [], inCart = ""] = window.tsuideSplit ?? [];
const chosen = new Map(arms);
const hidden = experiments.flatMap(([number, , , , all]) => all[chosen.get(number) ?? 0]![1]);
/** The experiments of this shopper that nothing has been published of yet. */
let open = arms;

/**
 * Whether the offer of a claim is kept from this shopper. Publishes that the shopper came to where the offer is, once for
 * each experiment that would show a difference there.
 */
export function isKeptBack(claim: string): boolean {
  const offer = /^\w+-\d+/.exec(claim)?.[0] as string;
  const about = experiments.flatMap(([number, , , , all]) => (all.flat(2).includes(offer) ? number : []));
  const exposed = open.filter(([number]) => !number || about.includes(number));
  open = open.filter((pair) => !exposed.includes(pair));
  if (exposed[0]) publish("exposed", { arms: exposed });
  return chosen.get(0) === 0 || hidden.includes(offer);
}

const written = arms.map((pair) => pair.join(".")).join("-");
/** The cart that they were written into last; undefined for that of the page. */
let tried: string | undefined = "";

/**
 * Writes the arms into the cart, once into each: the discount Function and checkout, where no script of the theme runs,
 * decide by them. Whoever writes something else there gets what others get.
 *
 * @param cart As it is now; absent when the page begins, which Liquid has written with what the cart names.
 */
export function writeArms(cart?: AjaxCart | null) {
  const named = cart ? cart.attributes?._tsuide_arms : inCart;
  // Another page has given the cart its arms since: what is shown here is not what it gets any more.
  if (cart && named && !written && inCart === TO_NAME) return location.reload();
  const hasCart = cart ?? (inCart === TO_NAME || document.cookie.includes("cart="));
  if (!written || written === named || !hasCart || cart?.token === tried) return;
  tried = cart?.token;
  void annotateCart({ _tsuide_arms: written });
}
