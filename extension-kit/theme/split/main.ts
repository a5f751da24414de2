/**
 * Entry of the script in the page's head, where a holdout or an experiment runs: decides before anything is painted what
 * this shopper is shown. Without it all shoppers are shown what Liquid shows, which is what the control is shown. What need
 * not be done before that is done by the widgets' script: see `core/split.ts`.
 */
import { assignedArms, type PublishedSplit } from "../../domain.ts";

declare global {
  /** What is published of the split, and the arms that the cart has been given already: Liquid writes both. */
  const SPLIT: PublishedSplit;
  const IN_CART: string;
}

const split = SPLIT;
/** What our web pixel has the browser keep, with consent only. */
let unit: string | undefined;
try {
  unit = localStorage.tsuide as string | undefined;
} catch {
  // The browser keeps nothing for this page.
}
/** The token of the cart, which Shopify's own cookie holds; its secret, behind "?", is no part of it. */
const token = /(^|; )cart=([\w.-]+)/.exec(document.cookie)?.[2];
unit ||= token && "c:" + token;
const arms = unit ? assignedArms(split, unit) : [];
for (const pair of arms) {
  // Liquid has written the styles of each arm that differs from what all are shown.
  const styles = document.getElementById("ts-" + pair.join("-")) as HTMLStyleElement | null;
  if (styles) styles.media = "";
}
window.tsuideSplit = [split[3], arms, IN_CART];
