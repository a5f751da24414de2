import { type AjaxCart, type AjaxLine, decline, DECLINED, readCart } from "../core/ajax-cart.ts";
import { ADDED, type CartItem, type Outcome, REFUSED } from "../core/outcome.ts";
import { productForm, type ProductForm } from "../core/product-form.ts";
import { replaceLine } from "../core/replace-line.ts";
import { attempt } from "../core/shopify-globals.ts";
import type { TextPlace } from "../core/texts.ts";
import { Widget } from "../core/widget.ts";

/**
 * What can be had in place of a variant: the number of another one or of a plan, its price, and the price of the variant
 * itself; of a plan also a later price and what it saves in percent.
 */
export type Match = readonly [id: number, price: number, ownPrice: number, later: number, percent: number];

/** The latest replacement of this tab, until it is undone. */
export interface Replacement {
  /** Variant or plan that came. */
  readonly id?: number;
  /** What was there before. */
  readonly back?: CartItem;
  /** What is shown once the page has been loaded again. */
  readonly outcome?: typeof REPLACED | typeof UNDONE | undefined;
}

const REPLACED = 1;
const UNDONE = 2;

const keep = (name: string, value: unknown) => attempt(() => (sessionStorage[name] = JSON.stringify(value)));
const kept = (name: string) => attempt(() => JSON.parse(sessionStorage[name]!) as unknown);

/** A better product beside the one of the page, or for the place of a line of the cart. */
export class Upgrade extends Widget {
  /** Where the tab keeps its latest replacement. */
  protected stored = "tsuide-replaced";
  protected replacedText: TextPlace = TEXTS.upgrade.replaced;
  protected refusedText: TextPlace = TEXTS.upgrade.refused;
  /** What makes it needless where the page has it. */
  protected needless = ":not(*)";
  #busy = false;
  #matches!: Readonly<Record<string, Match>>;
  /** Absent in the cart. */
  #page?: ProductForm;

  protected override prepare() {
    this.#matches = JSON.parse(this.dataset.matches ?? "{}") as Readonly<Record<string, Match>>;
    const on = (name: string, run: () => unknown) => this.at(name)?.addEventListener("click", run);
    on("replace", () => this.#change((cart) => this.#replace(cart)));
    on("undo", () => this.#change((cart) => this.#undo(cart)));
    on("decline", () => {
      this.at("card").remove();
      this.did("declined");
      void decline();
    });
  }

  protected start() {
    if (!this.at("status")) {
      this.#page = productForm(this, { knows: (variant) => variant! in this.#matches });
      return this.pageChanged();
    }
    const { outcome, ...replaced } = (kept(this.stored) ?? {}) as Replacement;
    if (outcome) this.say(this.words(outcome === REPLACED ? this.replacedText : TEXTS.upgrade.undone), "done").focus();
    keep(this.stored, replaced);
    if (replaced.id)
      void readCart().then((cart) => (this.at("undo").hidden = !cart?.items.some((one) => this.came(one, replaced))));
  }

  protected override takeCart(cart: AjaxCart) {
    if (!this.#page && (cart.attributes?.[DECLINED] || !this.#lineIn(cart))) this.at("card")?.remove();
  }

  /** Another variant of the page's own product has another match, or none. */
  override pageChanged() {
    if (!this.#page) return;
    const { variant, quantity } = this.#page.read();
    const match = this.#matches[variant];
    this.hidden = !match || !!document.querySelector(this.needless);
    if (this.hidden) return;
    // What was never shown is not counted as that.
    this.did("shown");
    this.showMatch(match!, variant, quantity || 1);
  }

  /** Shows what is beside the variant of the page. */
  protected showMatch([id, price, ownPrice]: Match, _variant: string, _quantity: number) {
    this.put("price", this.money(price));
    this.put("own-price", this.money(ownPrice));
    this.put("more", this.words(TEXTS.upgrade.more, "", price - ownPrice));
    this.querySelector<HTMLInputElement>("[name=id]")!.value = String(id);
    this.at<HTMLAnchorElement>("link").search = `variant=${id}`;
  }

  #lineIn({ items }: AjaxCart): AjaxLine | undefined {
    return (
      items.find(({ key }) => key === this.dataset.line) ??
      items.find((line) => line.variant_id === Number(this.dataset.variant) && this.isOpen(line))
    );
  }

  async #change(run: (cart: AjaxCart) => Promise<Outcome | undefined>) {
    if (this.#busy) return;
    this.#busy = true;
    const cart = await readCart();
    const outcome = cart && (await run(cart));
    this.#busy = false;
    // Themes draw their cart page in too many ways.
    if (outcome?.kind === ADDED) location.reload();
    else if (outcome?.kind === REFUSED) this.sayRefused(this.refusedText, outcome.message).focus();
    else this.say(this.words(TEXTS.upgrade.unsure), "error").focus();
  }

  async #replace(cart: AjaxCart) {
    const line = this.#lineIn(cart);
    if (!line) return;
    const back = itemOf(line);
    const [id] = this.#matches[this.dataset.variant!]!;
    const outcome = await this.swap(line, back, id);
    if (outcome.kind === ADDED) {
      keep(this.stored, { id, back, outcome: REPLACED });
      this.did("added");
    }
    return outcome;
  }

  async #undo(cart: AjaxCart) {
    const replaced = kept(this.stored) as Replacement;
    const line = cart.items.find((one) => this.came(one, replaced));
    if (!line) return;
    const outcome = await this.swapBack(line, replaced.back!);
    if (outcome.kind === ADDED) keep(this.stored, { outcome: UNDONE });
    return outcome;
  }

  /** Whether a line of the variant can still be replaced. */
  protected isOpen(_line: AjaxLine): boolean {
    return true;
  }

  /** Replaces a line by what has this number. */
  protected swap(line: AjaxLine, back: CartItem, id: number): Promise<Outcome> {
    return replaceLine(line, { ...back, id, properties: { ...back.properties, _tsuide: this.dataset.claim! } });
  }

  protected swapBack(line: AjaxLine, back: CartItem): Promise<Outcome> {
    return replaceLine(line, { ...back, quantity: line.quantity! });
  }

  /** Whether a line is what came in a replacement. */
  protected came({ variant_id, properties }: AjaxLine, { id }: Replacement): boolean {
    return variant_id === id && properties?._tsuide?.startsWith("up-") === true;
  }
}

/** A line as it is added again. */
function itemOf({ variant_id, quantity, properties, selling_plan_allocation: plan }: AjaxLine): CartItem {
  // What is undefined is not sent.
  return { id: variant_id!, quantity: quantity!, properties: properties ?? {}, selling_plan: plan?.selling_plan?.id };
}
