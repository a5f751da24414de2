import { type AjaxCart, type AjaxLine, decline, DECLINED, readCart } from "../core/ajax-cart.ts";
import type { CartItem, Outcome } from "../core/outcome.ts";
import { ProductForm } from "../core/product-form.ts";
import { replaceLine } from "../core/replace-line.ts";
import { attempt } from "../core/shopify-globals.ts";
import { watchCart } from "../core/watch-cart.ts";
import { Widget } from "../core/widget.ts";
import {
  UPGRADE_MORE,
  UPGRADE_REFUSED,
  UPGRADE_UNSURE,
  UPGRADE_REPLACED,
  UPGRADE_UNDONE,
} from "../core/text-places.ts";

/** Variant of the upgrade, its price, and the price of the variant that it stands beside, by the latter's id. */
type Matches = Readonly<Record<string, readonly [id: number, price: number, ownPrice: number]>>;

/** The latest replacement of this tab, until it is undone. */
interface Replacement {
  /** Variant that came. */
  readonly id?: number;
  /** What was there before. */
  readonly back?: CartItem;
  /** What is shown once the page has been loaded again. */
  readonly outcome?: typeof UPGRADE_REPLACED | typeof UPGRADE_UNDONE | undefined;
}

const STORED = "tsuide-replaced";

const keep = (name: string, value: unknown) => attempt(() => sessionStorage.setItem(name, JSON.stringify(value)));
const kept = (name: string) => attempt(() => JSON.parse(sessionStorage.getItem(name)!) as unknown);

/** A better product beside the one of the page, or for the place of a line of the cart. */
export class Upgrade extends Widget {
  #busy = false;
  #matches!: Matches;
  #page!: ProductForm;

  protected override prepare() {
    this.#matches = JSON.parse(this.dataset.matches ?? "{}") as Matches;
    this.#page = new ProductForm(this, { knows: (variant) => variant in this.#matches });
    const on = (name: string, run: () => unknown) => this.at(name)?.addEventListener("click", run);
    on("replace", () => this.#change((cart) => this.#replace(cart)));
    on("undo", () => this.#change((cart) => this.#undo(cart)));
    on("decline", () => {
      this.#hideCard(true);
      void decline();
    });
  }

  protected start() {
    if (!this.at("status")) return this.#page.start(() => this.#follow(), this.signal);
    watchCart((cart) => {
      if (cart && (cart.attributes?.[DECLINED] || !this.#lineIn(cart))) this.#hideCard(true);
    }, this.signal);
    const { outcome, ...replaced } = (kept(STORED) ?? {}) as Replacement;
    if (outcome) this.#sayFocused(this.text(outcome), "done");
    keep(STORED, replaced);
    if (replaced.id) void readCart().then((cart) => (this.at("undo").hidden = !cart || !cameIn(cart, replaced)));
  }

  #hideCard(hidden: boolean) {
    const card = this.at("card");
    if (card) card.hidden = hidden;
  }

  /** Another variant of the page's own product has another match, or none. */
  #follow() {
    const { variant } = this.#page.read();
    const [id, price, ownPrice] = this.#matches[variant] ?? [];
    this.#hideCard(!id);
    if (!id) return;
    this.put("price", this.money(price!));
    this.put("own-price", this.money(ownPrice!));
    this.put("more", this.text(UPGRADE_MORE, "", price! - ownPrice!));
    this.at<HTMLInputElement>("id").value = String(id);
    this.at<HTMLAnchorElement>("link").search = `variant=${id}`;
  }

  #lineIn({ items }: AjaxCart): AjaxLine | undefined {
    return items.find(({ key }) => key === this.dataset.line) ?? items.find(isOf(Number(this.dataset.variant)));
  }

  async #change(run: (cart: AjaxCart) => Promise<Outcome | undefined>) {
    if (this.#busy) return;
    this.#busy = true;
    const cart = await readCart();
    const outcome = cart && (await run(cart));
    this.#busy = false;
    // Themes draw their cart page in too many ways.
    if (outcome?.code === "added") location.reload();
    else if (outcome?.code === "refused")
      this.#sayFocused(`${this.text(UPGRADE_REFUSED)} ${outcome.message}`.trim(), "error");
    else this.#sayFocused(this.text(UPGRADE_UNSURE), "error");
  }

  async #replace(cart: AjaxCart) {
    const line = this.#lineIn(cart);
    if (!line) return;
    const back = itemOf(line);
    const [id] = this.#matches[this.dataset.variant!]!;
    const outcome = await replaceLine(line, {
      ...back,
      id,
      properties: { ...back.properties, _tsuide: this.dataset.claim! },
    });
    if (outcome.code === "added") keep(STORED, { id, back, outcome: UPGRADE_REPLACED });
    return outcome;
  }

  async #undo(cart: AjaxCart) {
    const replaced = kept(STORED) as Replacement;
    const line = cameIn(cart, replaced);
    if (!line) return;
    const outcome = await replaceLine(line, { ...replaced.back!, quantity: line.quantity! });
    if (outcome.code === "added") keep(STORED, { outcome: UPGRADE_UNDONE });
    return outcome;
  }

  #sayFocused(text: string, tone: string) {
    this.say(text, tone).focus();
  }
}

const isOf = (id: number | undefined) => (line: AjaxLine) => line.variant_id === id;

const cameIn = ({ items }: AjaxCart, { id }: Replacement) =>
  items.find((line) => isOf(id)(line) && line.properties?._tsuide?.startsWith("up-"));

/** A line as it is added again. */
function itemOf({ variant_id, quantity, properties, selling_plan_allocation: plan }: AjaxLine): CartItem {
  const item = { id: variant_id!, quantity: quantity!, properties: properties ?? {} };
  return plan?.selling_plan ? { ...item, selling_plan: plan.selling_plan.id } : item;
}
