/**
 * Entry of the script in the page's head, where a holdout or an experiment runs: decides before anything is painted what
 * this shopper is shown. Without it all shoppers are shown what Liquid shows, which is what the control is shown.
 */
import { assignedArms, type PublishedSplit } from "../../domain.ts";
import { attempt } from "../core/shopify-globals.ts";
import { rulesFor } from "./rules.ts";
import { cartToken, followConsent, unitOfPage } from "./unit.ts";

declare global {
  /** What is published of the split, and the arms that the cart has been given already: Liquid writes both. */
  const SPLIT: PublishedSplit;
  const IN_CART: string;
}

const split = SPLIT;
const unit = unitOfPage();
let open = unit ? assignedArms(split, unit) : [];
const chosen = new Map(open);
const isHeldOut = chosen.get(0) === 0;
const hidden: string[] = [];
/** What Liquid renders for other arms than the control, and for the control in its place, has these as its display. */
let shown = "";
for (const [number, , , , arms] of split[3]) {
  const arm = chosen.get(number) ?? 0;
  const hides = arms[arm]![1];
  hidden.push(...hides);
  for (const offer of arms[0]![1]) {
    if (!hides.includes(offer)) shown += `--ts-${number}-${arm}:block;--ts-${offer.replace(/-.*/, "")}:none;`;
  }
}

const textContent = `:root{${shown}}${rulesFor(isHeldOut, hidden)}`;
document.head.append(Object.assign(document.createElement("style"), { textContent }));

/** Whether an experiment would show a difference where an offer is. */
const isAbout = (number: number, offer: string) =>
  !number || split[3].some(([its, , , , arms]) => its === number && arms.some(([, hides]) => hides.includes(offer)));

window.tsuideHides = (claim) => {
  const offer = /^\w+-\d+/.exec(claim)?.[0] ?? "";
  const arms = open.filter(([number]) => isAbout(number, offer));
  open = open.filter((pair) => !arms.includes(pair));
  if (arms[0]) attempt(() => window.Shopify!.analytics!.publish("tsuide:exposed", { arms }));
  return isHeldOut || hidden.includes(offer);
};

followConsent(unit);

/** Checkout, where this script does not run, decides by the cart. Somebody who writes something else there sees what others see. */
const arms = open.map((pair) => pair.join(".")).join("-");
addEventListener("load", () => {
  if (cartToken() && arms !== IN_CART) {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ attributes: { _tsuide_arms: arms } });
    attempt(() => fetch(window.Shopify!.routes!.root + "cart/update.js", { method: "POST", headers, body }));
  }
});
