/**
 * What is left to do of the split once the page is there: the script in the page's head has decided what this shopper is
 * shown. Nothing where no holdout and no experiment runs.
 */
import { postToCart } from "./ajax-cart.ts";
import { publish } from "./shopify-globals.ts";

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
  const offer = /^\w+-\d+/.exec(claim)?.[0] ?? "";
  const about = experiments.flatMap(([number, , , , all]) => (all.flat(2).includes(offer) ? number : []));
  const exposed = open.filter(([number]) => !number || about.includes(number));
  open = open.filter((pair) => !exposed.includes(pair));
  if (exposed[0]) publish("exposed", { arms: exposed });
  return chosen.get(0) === 0 || hidden.includes(offer);
}

/**
 * Writes the arms into the cart: checkout, where no script of the theme runs, decides by them. Whoever writes something else
 * there sees what others see.
 */
export function writeArms() {
  const written = arms.map((pair) => pair.join(".")).join("-");
  if (written !== inCart && document.cookie.includes("cart=")) {
    void postToCart("update.js", { attributes: { _tsuide_arms: written } });
  }
}
