/**
 * Entry of the script in the page's head, where a holdout, an experiment or an offer for a campaign runs: decides before
 * anything is painted what this shopper is shown. Without it all shoppers are shown what Liquid shows, which is what the
 * control is shown and who comes from no campaign. What need not be done before that is done by the widgets' script: see
 * `core/split.ts`.
 */
import { armBefore, hashOf, pairsOf, type PublishedSplit } from "../../domain.ts";

declare global {
  /** What is published of the split, and the arms that the cart has been given already: Liquid writes both. */
  const SPLIT: PublishedSplit;
  const IN_CART: string;
}

const split = SPLIT;
/** What our web pixel has the browser keep, with consent only. */
let unit: string | undefined;
/** The visit: when it ends, and the parameters of the address that it began at. */
let visit: string | undefined;
try {
  unit = localStorage.tsuide as string | undefined;
  visit = localStorage["tsuide-visit"] as string | undefined;
} catch {
  // The browser keeps nothing for this page.
}
/** The token of the cart, which Shopify's own cookie holds; its secret, behind "?", is no part of it. */
const token = /(^|; )cart=([\w.-]+)/.exec(document.cookie)?.[2];
unit ||= token && "c:" + token;
const arms = unit ? pairsOf(split, unit, armBefore) : [];
const here = location.search;
const campaign = /utm_[smc]/.test(here) ? here : parseInt(visit!) > Date.now() ? visit : "";
// Liquid has written the styles of each arm that differs from what all are shown, and of each campaign, by `campaignMark`.
let marks = "";
// Such as "3,1".
for (const pair of arms) marks += String(pair) + " ";
for (const [parameter, value] of new URLSearchParams(campaign)) marks += hashOf(parameter, value.toLowerCase()) + " ";
document.documentElement.dataset.ts = marks;
self.tsuideSplit = [split[3], arms, IN_CART];
