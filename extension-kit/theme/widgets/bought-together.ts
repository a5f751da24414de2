import { addToCart } from "../core/add-to-cart.ts";
import { type AjaxCart, quantitiesIn, readCart } from "../core/ajax-cart.ts";
import { discounted } from "../core/money.ts";
import type { Outcome } from "../core/outcome.ts";
import { ProductForm } from "../core/product-form.ts";
import { say } from "../core/status.ts";
import { watchCart } from "../core/watch-cart.ts";
import { put, Widget } from "../core/widget.ts";
import { SetItem } from "./set-item.ts";

const SURFACE = "product";
const SLOW_AFTER_MS = 15_000;

type Text =
  | ("add" | "addAll" | "added" | "adding" | "allInCart" | "allTogether" | "total" | "saving" | "viewCart")
  | ("refused" | "partly" | "priceChanged" | "slow" | "unsure");

/** A bought-together set. With nothing ticked, its button adds everything. */
export class BoughtTogether extends Widget<Text> {
  private busy = false;
  /** Whether the last answer was lost: the cart is read before anything is added again. */
  private doubtful = false;
  private label = "";
  private items: SetItem[] = [];
  private own!: SetItem;
  private page!: ProductForm;
  private cartQuantities?: ReadonlyMap<string, number>;
  private unwatch?: () => void;

  protected override prepare() {
    this.items = [...this.querySelectorAll<HTMLElement>("[data-item]")].map((item) => new SetItem(item));
    this.own = this.items[0]!;
    this.page = new ProductForm(this, (variant) => this.own.variant.knows(variant));
    const form = this.querySelector("form")!;
    form.addEventListener("change", () => this.show());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.add();
    });
  }

  protected start() {
    addEventListener("pageshow", this.restore);
    this.page.start(() => this.followPage());
    this.unwatch = watchCart((cart) => this.takeCart(cart));
    this.followPage();
    this.show();
  }

  disconnectedCallback() {
    removeEventListener("pageshow", this.restore);
    this.page?.stop();
    this.unwatch?.();
  }

  private followPage() {
    const { variant, quantity: wanted } = this.page.read();
    const quantity = wanted || this.own.least;
    const moved = this.own.variant.knows(variant) && variant !== this.own.variant.id;
    if (moved) this.own.choose(variant);
    if (moved && !this.cartQuantities) void readCart().then((cart) => this.takeCart(cart));
    if (!moved && quantity === this.own.quantity) return;
    this.own.quantity = quantity;
    this.own.inCart = this.own.isIn(this.cartQuantities);
    this.show();
  }

  /** The page came back from the browser's cache: it is not busy any more, and ticks may have been restored. */
  private restore = (event: PageTransitionEvent) => {
    if (event.persisted) {
      this.doubtful ||= this.busy;
      this.setBusy(false);
      this.say("");
    }
    this.show();
  };

  private takeCart(cart: AjaxCart | null | undefined) {
    if (!cart) return;
    // A subscription is not part of a set.
    this.cartQuantities = quantitiesIn(cart.items.filter((line) => !line.selling_plan_allocation));
    const products = new Set(cart.items.map((line) => String(line.product_id)));
    for (const item of this.items) item.inCart = item.isIn(this.cartQuantities, products);
    this.show();
  }

  /** What the button adds; never what is in the cart. */
  private get chosen(): SetItem[] {
    const open = this.items.filter((item) => !item.inCart);
    const ticked = open.filter((item) => item.tick?.checked);
    return ticked.length > 0 ? open.filter((item) => item === this.own || ticked.includes(item)) : open;
  }

  private show() {
    const { chosen, own } = this;
    let before = 0;
    let now = 0;
    for (const item of this.items) {
      const together = discounted(item.variant.amount, Number(this.dataset.basisPoints), this.unit);
      item.show(this.money(item.variant.amount), this.money(together));
      if (!chosen.includes(item)) continue;
      before += item.variant.amount * item.quantity;
      now += together * item.quantity;
    }
    put(this.at("quantity"), own.quantity > 1 ? `× ${own.quantity}` : "");
    const isAll = chosen.length > 2 && !chosen.some((item) => item.tick?.checked);
    const units = unitsOf(chosen);
    put(this.at("total-label"), isAll ? this.text("allTogether", units) : this.texts.total);
    put(this.at("amount-now"), this.money(now));
    put(this.at("amount-before").querySelector("s")!, this.money(before));
    put(this.at("saving"), this.text("saving", this.money(before - now)));
    this.at("amount-before").hidden = this.at("saving").hidden = now >= before;
    this.at("total").hidden = chosen.length === 0;
    this.label = chosen.length === 0 ? this.texts.allInCart : this.text(isAll ? "addAll" : "add", units);
    this.setBusy(this.busy);
    this.hidden = !own.variant.available;
  }

  private async add() {
    const wanted = this.chosen;
    if (this.busy || wanted.length === 0) return;
    this.setBusy(true);
    this.say("");
    const slow = setTimeout(() => this.say(this.texts.slow), SLOW_AFTER_MS);
    // Pressing again must not buy twice.
    const cart = this.doubtful ? await readCart() : null;
    this.takeCart(cart);
    const left = wanted.filter((item) => !cart || !item.inCart);
    if (this.doubtful && !cart) this.say(this.texts.unsure, "error", true);
    else if (left.length === 0) this.tell({ code: "added", cart }, wanted);
    else this.tell(await this.send(left), left);
    clearTimeout(slow);
    this.setBusy(false);
  }

  private send(items: readonly SetItem[]): Promise<Outcome> {
    const properties = { _tsuide: `${this.dataset.offer}/${SURFACE}` };
    const lines = items.map((item) => {
      const line = { id: Number(item.variant.id), quantity: item.quantity };
      return item === this.own ? line : { ...line, properties };
    });
    return addToCart(lines, { from: this, button: this.at("add") });
  }

  private tell({ code, message = "", missing = [], cart }: Outcome, items: readonly SetItem[]) {
    this.doubtful = code === "unknown" || (code === "refused" && message === "");
    if (code === "unknown") return this.say(this.texts.unsure, "error", true);
    if (code === "refused") return this.say(`${this.texts.refused} ${message}`.trim(), "error");
    const absent = items.filter((item) => missing.includes(item.variant.id));
    for (const item of items) item.inCart ||= !absent.includes(item);
    for (const { tick } of this.items) if (tick) tick.checked = false;
    const said =
      absent.length > 0
        ? this.text("partly", absent.map((item) => item.title).join(", "))
        : this.text("added", unitsOf(items));
    this.say([said, ...this.changedPrices(items, cart)].join(" "), absent.length > 0 ? "error" : "done", true);
    this.show();
  }

  /** A sentence for each product whose price has changed since the page was loaded. */
  private changedPrices(items: readonly SetItem[], cart: AjaxCart | null | undefined): string[] {
    return items.flatMap((item) => {
      const price = cart?.items.find((line) => String(line.variant_id ?? line.id) === item.variant.id)?.original_price;
      if (price === undefined || Math.abs(price - item.variant.amount) < 0.01) return [];
      return [this.text("priceChanged", item.title).replace("%", () => this.money(price))];
    });
  }

  private setBusy(busy: boolean) {
    this.busy = busy;
    this.at("add").setAttribute("aria-disabled", String(busy || this.chosen.length === 0));
    this.toggleAttribute("data-busy", busy);
    put(this.at("add-label"), busy ? this.texts.adding : this.label);
  }

  private say(text: string, tone = "", withLink = false) {
    say(this.at("status"), text, tone, withLink ? { href: this.dataset.cartUrl!, text: this.texts.viewCart } : null);
  }
}

const unitsOf = (items: readonly SetItem[]) => items.reduce((sum, item) => sum + item.quantity, 0);
