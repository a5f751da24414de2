import { type AjaxCart, type AjaxLine, postToCart } from "../core/ajax-cart.ts";
import { ADDED, type CartItem, type Outcome, REFUSED, UNKNOWN } from "../core/outcome.ts";
import { put } from "../core/widget.ts";
import { type Match, type Replacement, Upgrade } from "./upgrade.ts";

/** A subscription to the page's product, or to what a line of the cart would buy once. */
export class Subscription extends Upgrade {
  protected override stored = "tsuide-subscribed";
  protected override replacedText = TEXTS.subscription.changed;
  protected override refusedText = TEXTS.subscription.refused;
  /** Where the theme, or the app that made the plans, lets the shopper choose one on this page already. */
  protected override needless = "[name=selling_plan]:not(.ts-widget *)";

  protected override showMatch([, price, once, later, percent]: Match, variant: string, quantity: number) {
    const [id, units] = this.querySelectorAll<HTMLInputElement>("[type=hidden]");
    id!.value = variant;
    units!.value = String(quantity);
    this.showPrice(this, once * quantity, price * quantity);
    // A merchant's own heading stays.
    const title = this.at("title");
    if (title) put(title, percent ? this.words(TEXTS.subscription.save, `${percent}%`) : this.at("add").textContent);
    const note = this.at("later");
    if (note) put(note, this.words(TEXTS.subscription.later, note.dataset.later, later * quantity));
  }

  protected override isOpen(line: AjaxLine) {
    return !line.selling_plan_allocation;
  }

  protected override swap(line: AjaxLine, { properties }: CartItem, plan: number) {
    return setPlan(line, plan, { _tsuide: this.dataset.claim!, ...properties });
  }

  protected override swapBack(line: AjaxLine, { properties }: CartItem) {
    return setPlan(line, "", properties);
  }

  protected override came({ variant_id, selling_plan_allocation: plan }: AjaxLine, { id, back }: Replacement) {
    return variant_id === back?.id && plan?.selling_plan?.id === id;
  }
}

/** Gives a line a plan, or takes it off for "". */
async function setPlan(
  { key, quantity }: AjaxLine,
  plan: number | "",
  properties: CartItem["properties"],
): Promise<Outcome> {
  const body = { id: key, quantity, properties, selling_plan: plan };
  const { status, answer } = await postToCart<AjaxCart & { description?: string }>("change.js", body);
  const kind = answer?.items ? ADDED : status < 400 ? UNKNOWN : REFUSED;
  return { kind, message: answer?.description };
}
