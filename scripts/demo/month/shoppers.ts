// The shoppers of the demo's month: who comes, what they look at, what they are shown, and what they buy. Nobody of them is
// real. Their orders are those that the dev store's shop has anyway, and what offers add to them is decided here, so that it
// is known what the app's figures are an estimate of.
import type { Pair } from "../../../app/domain/measurement/experiments/assigned-arms.ts";
import type { SentVisit } from "../../../app/domain/measurement/visit.ts";
import type { BareId } from "../../../app/domain/ids.ts";
import { claimOf, offerId } from "../../../app/domain/offers/offer-id.ts";
import { hashText } from "../../../test/dev-store/shop/random.ts";
import type { DevOrder } from "../../../test/dev-store/shop/state.ts";
import { armsOf, type Browsers } from "./browsers.ts";
import {
  type Change,
  type DraftLine,
  isShown,
  PAGE_MS,
  type PageView,
  type Sale,
  type Shown,
  type ShownSet,
  type Visit,
} from "./visit.ts";

/**
 * What offers truly do here: of the shoppers who are shown them, so many more buy, and so many of those who buy add what
 * they had not come for. Whoever is held out is shown nothing, and does neither.
 */
export const TRUE_UPLIFT = { moreBuyers: 0.08, addingBuyers: 0.16 } as const;
/** A set of fewer products has this share of the additions. */
const OF_SMALLER_SET = 0.8;
/** Of shown shoppers who came for both products of a set, those who take the second one from the set. */
const THROUGH_OFFER_ANYWAY = 0.5;

/** Visits without an order, for each order of the online store. */
const VISITS_PER_ORDER = 12;
const RETURNING = 0.12;
const WITH_CART = 0.12;
const SEEN = 0.7;
const CLICKED = 0.06;
/** Of shoppers who see a set and buy nothing, those who put some of it into their cart. */
const ADDED_AND_LEFT = 0.01;
const IN_CART = 0.25;
const CAME_BEFORE = 0.3;
const SENT_BACK = 0.06;
const ANSWERING = 0.35;
const HELPED = 0.84;

const HOUR = 3_600_000;
const PAGE = PAGE_MS;
const DAY = 24 * HOUR;

const DEVICES = ["phone", "phone", "phone", "desktop", "desktop", "tablet"] as const;
const CAMPAIGNS: readonly Omit<SentVisit, "device">[] = [
  ...Array.from({ length: 9 }, () => ({})),
  ...Array.from({ length: 4 }, () => ({ source: "google", medium: "cpc", campaign: "tea-brand" })),
  ...Array.from({ length: 3 }, () => ({ source: "instagram", medium: "social" })),
  ...Array.from({ length: 2 }, () => ({ source: "newsletter", medium: "email", campaign: "new-arrivals" })),
];
const REASONS = ["unrelated", "unrelated", "price", "in-the-way"] as const;
const POINTS = ["10", "10", "9", "9", "9", "8", "8", "7", "6", "4"] as const;

export interface Period {
  readonly from: number;
  readonly to: number;
  /** What is ordered in it anyway, by all channels. */
  readonly orders: readonly DevOrder[];
  readonly shown: Shown;
  /** Of the shoppers of this period and the one before it. */
  readonly browsers: Browsers;
  /** Begins the names of visitors who have no other. */
  readonly name: string;
}

/** All visits and orders of a period. The same period and random numbers give the same. */
export function shoppersOf(period: Period, random: () => number): { visits: Visit[]; sales: Sale[] } {
  return new Shoppers(period, random).all();
}

class Shoppers {
  readonly #period: Period;
  readonly #random: () => number;
  readonly #visits: Visit[] = [];
  readonly #sales: Sale[] = [];
  #names = 0;

  constructor(period: Period, random: () => number) {
    this.#period = period;
    this.#random = random;
  }

  all() {
    const orders = this.#period.orders.filter(({ test }) => !test);
    const web = orders.filter(({ sourceName }) => sourceName === "web");
    for (const order of orders) {
      if (order.sourceName === "web") this.#buyer(order, this.#browserOf(order), order.createdAt, false);
      else this.#sales.push(this.#sale(order, order.createdAt, order.lines, false));
    }
    for (const order of web) if (this.#random() < TRUE_UPLIFT.moreBuyers) this.#extraBuyer(web, order);
    for (let n = 0; n < web.length * VISITS_PER_ORDER; n++) this.#looker(web);
    const byTime = (a: { at: number }, b: { at: number }) => a.at - b.at;
    return { visits: this.#visits.sort(byTime), sales: this.#sales.sort(byTime) };
  }

  #oneOf<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)]!;
  }

  #newName(): string {
    return `${this.#period.name}-${++this.#names}`;
  }

  #browserOf(order: DevOrder): string {
    const { browsers, shown } = this.#period;
    return browsers.ofBuyer(
      order,
      order.customerId === null ? this.#newName() : `customer-${order.customerId}`,
      shown.split,
    );
  }

  /** Somebody who buys because of an offer: nobody who is held out does. */
  #extraBuyer(web: readonly DevOrder[], model: DevOrder): void {
    const name = this.#newName();
    if (!isShown(armsOf(name, this.#period.shown.split))) return;
    const at = this.#timeNear(model);
    this.#buyer({ ...this.#oneOf(web), customerId: null, refunds: [], cancelledAt: null }, name, at, true);
  }

  #timeNear({ createdAt }: DevOrder): number {
    const { from, to } = this.#period;
    const at = createdAt + (this.#random() - 0.5) * 2 * HOUR;
    return Math.round(Math.min(Math.max(at, from + HOUR / 4), to - HOUR / 60));
  }

  #setOf(arms: readonly Pair[]): ShownSet {
    const { experiment, sets } = this.#period.shown;
    return sets[arms.find(([number]) => number === experiment)?.[1] ?? 0] ?? sets[0]!;
  }

  #listOf(product: string, { size }: ShownSet): readonly string[] {
    return this.#period.shown.lists.get(product)?.slice(0, size) ?? [];
  }

  #who(visitor: string): Pick<Visit, "visitor" | "consents" | "arms" | "began"> {
    const place = hashText(`device of ${visitor}`);
    return {
      visitor,
      consents: this.#period.browsers.consents(visitor),
      arms: armsOf(visitor, this.#period.shown.split),
      began: { device: DEVICES[place % DEVICES.length]!, ...this.#oneOf(CAMPAIGNS) },
    };
  }

  /** Somebody who buys: what they had come for, and perhaps something from an offer. */
  #buyer(order: DevOrder, visitor: string, at: number, isExtra: boolean): void {
    const { from } = this.#period;
    const who = this.#who(visitor);
    const set = this.#setOf(who.arms);
    const products = [...new Set(order.lines.flatMap(({ productId }) => productId ?? []))].slice(0, 6);
    const taken = isShown(who.arms) && isPlain(order) ? this.#taken(order.lines, set) : null;
    const pages = products.map((product) => this.#product(product, who.arms, taken));
    pages.push(this.#cart(products, who.arms, taken));
    const lines = taken === null ? order.lines : withTaken(order.lines, taken);
    const sale = this.#sale(order, at, lines, isExtra);
    this.#sales.push(sale);
    const began = Math.max(from, at - pages.length * PAGE - PAGE);
    if (began + pages.length * PAGE > at) return;
    this.#visits.push({ ...who, at: began, pages, sale, answers: taken === null ? [] : this.#answers() });
    const before = at - HOUR * 4 - this.#random() * 4 * DAY;
    if (this.#random() < CAME_BEFORE && before > from) {
      const looked = products.slice(0, 2).map((product) => this.#product(product, who.arms, null));
      this.#visits.push({ ...who, at: Math.round(before), pages: looked, sale: null, answers: [] });
    }
  }

  /** What is taken from a set: a product that is bought anyway, or one more. */
  #taken(lines: readonly DraftLine[], set: ShownSet): Taken | null {
    const products = lines.map(({ productId }) => productId);
    const where = (trigger: string): Where => {
      const surface = this.#random() < IN_CART ? ("cart" as const) : ("product" as const);
      return { trigger, surface, claim: claimOf(offerId("bought-together", set.number, trigger as BareId), surface) };
    };
    const size = this.#period.shown.sets[0]!.size;
    if (this.#random() < TRUE_UPLIFT.addingBuyers * (set.size < size ? OF_SMALLER_SET : 1)) {
      return this.#oneMore(products, set, where);
    }
    for (const trigger of products) {
      const anyway = trigger === null ? [] : this.#listOf(trigger, set).filter((one) => products.includes(one));
      if (anyway.length === 0) continue;
      if (this.#random() >= THROUGH_OFFER_ANYWAY) return null;
      return { ...where(trigger!), product: anyway[0]!, line: null };
    }
    return null;
  }

  #oneMore(products: readonly (string | null)[], set: ShownSet, where: (trigger: string) => Where): Taken | null {
    const others = (one: string) => this.#listOf(one, set).filter((companion) => !products.includes(companion));
    const triggers = products.filter((one) => one !== null && others(one).length > 0);
    if (triggers.length === 0) return null;
    const trigger = this.#oneOf(triggers)!;
    const product = this.#oneOf(others(trigger));
    const line = this.#period.shown.lines.get(product);
    return line === undefined || line.isGiftCard ? null : { ...where(trigger), product, line };
  }

  #product(product: string, arms: readonly Pair[], taken: Taken | null): PageView {
    const set = this.#setOf(arms);
    const hasSet = isShown(arms) && this.#listOf(product, set).length > 0;
    const isTaken = taken !== null && taken.surface === "product" && taken.trigger === product;
    const claim = claimOf(offerId("bought-together", set.number, product as BareId), "product");
    const seen = isTaken || (hasSet && this.#random() < SEEN);
    const clicked = isTaken || (seen && this.#random() < CLICKED);
    return {
      kind: "product",
      product,
      claims: hasSet ? [claim] : [],
      seen,
      clicked,
      added: isTaken ? taken.product : null,
    };
  }

  #cart(products: readonly string[], arms: readonly Pair[], taken: Taken | null): PageView {
    const { goal } = this.#period.shown;
    const set = this.#setOf(arms);
    const isTaken = taken !== null && taken.surface === "cart";
    const trigger = isTaken ? taken.trigger : products.find((product) => this.#listOf(product, set).length > 0);
    const suggested =
      trigger === undefined ? [] : [claimOf(offerId("bought-together", set.number, trigger as BareId), "cart")];
    const claims = isShown(arms) ? [...suggested, claimOf(offerId("goal", goal, null), "cart")] : [];
    const seen = isTaken || (claims.length > 0 && this.#random() < SEEN);
    return { kind: "cart", product: "0", claims, seen, clicked: isTaken, added: isTaken ? taken.product : null };
  }

  /** Somebody who looks around and buys nothing. They look at what is bought, alone or together. */
  #looker(web: readonly DevOrder[]): void {
    const known = this.#names > 50 && this.#random() < RETURNING;
    const who = this.#who(
      known ? `${this.#period.name}-${1 + Math.floor(this.#random() * this.#names)}` : this.#newName(),
    );
    const bought = this.#oneOf(web).lines.flatMap(({ productId }) => productId ?? []);
    const views = [...new Set([...bought.slice(0, 3), ...(this.#random() < 0.4 ? [this.#anyProduct(web)] : [])])];
    const pages = views.map((product) => this.#left(this.#product(product, who.arms, null)));
    if (this.#random() < 0.4) pages.unshift(HOME);
    if (this.#random() < WITH_CART) pages.push(this.#cart(views.slice(0, 1), who.arms, null));
    const at = Math.max(this.#period.from, this.#timeNear(this.#oneOf(web)) - pages.length * PAGE);
    this.#visits.push({ ...who, at, pages, sale: null, answers: [] });
  }

  #anyProduct(web: readonly DevOrder[]): string {
    return this.#oneOf(web).lines[0]?.productId ?? "0";
  }

  /** A set from which somebody adds, and then leaves the shop. */
  #left(page: PageView): PageView {
    if (!page.seen || this.#random() >= ADDED_AND_LEFT) return page;
    const companion = this.#period.shown.lists.get(page.product)?.[0] ?? null;
    return { ...page, clicked: true, added: companion };
  }

  #sale(order: DevOrder, at: number, lines: readonly DraftLine[], isExtra: boolean): Sale {
    const changes = this.#natural(order);
    const added = lines.length > order.lines.length ? lines.length - 1 : null;
    if (added !== null && changes.length === 0 && this.#random() < SENT_BACK) {
      const back = { place: added, quantity: lines[added]!.quantity };
      changes.push({ at: at + (3 + this.#random() * 9) * DAY, kind: "refund", lines: [back], withoutLinesMinor: 0 });
    }
    const priced = order.sourceName === "web" && isPlain(order) && this.#holdsSet(lines);
    return { at, order, lines, priced, changes, isExtra };
  }

  /** Whether the discount on sets can apply, whoever put them together. */
  #holdsSet(lines: readonly DraftLine[]): boolean {
    const products = lines.flatMap(({ productId }) => productId ?? []);
    const { lists } = this.#period.shown;
    return products.some((one) => lists.get(one)?.some((companion) => products.includes(companion)));
  }

  /** What happens to the order anyway. */
  #natural({ cancelledAt, refunds, lines }: DevOrder): Change[] {
    if (cancelledAt !== null) return [{ at: cancelledAt, kind: "cancel", lines: [], withoutLinesMinor: 0 }];
    return refunds.map(({ createdAt, lines: units, withoutLinesMinor = 0 }) => ({
      ...{ at: createdAt, kind: "refund", withoutLinesMinor },
      lines: units.map(({ lineId, quantity }) => ({ place: lines.findIndex(({ id }) => id === lineId), quantity })),
    }));
  }

  #answers(): Visit["answers"] {
    if (this.#random() >= ANSWERING) return [];
    const recommend = this.#random() < 0.6 ? [{ question: "recommend" as const, answer: this.#oneOf(POINTS) }] : [];
    if (this.#random() < HELPED) return [{ question: "helpful", answer: "yes" }, ...recommend];
    return [{ question: "helpful", answer: "no" }, { question: "reason", answer: this.#oneOf(REASONS) }, ...recommend];
  }
}

const HOME: PageView = { kind: "home", product: "0", claims: [], seen: false, clicked: false, added: null };

/** The entry of an offer that something is taken from, and where. */
interface Where {
  readonly trigger: string;
  readonly surface: "product" | "cart";
  readonly claim: string;
}

interface Taken extends Where {
  readonly product: string;
  /** Null where the product is bought anyway. */
  readonly line: DraftLine | null;
}

/** Whether an order is paid at home and without a code: only then it is known what the checkout of now takes off. */
function isPlain({ lines, currency, presentmentCurrency }: DevOrder): boolean {
  return currency === presentmentCurrency && lines.every(({ discounts }) => discounts.length === 0);
}

function withTaken(lines: readonly DraftLine[], { product, claim, line }: Taken): DraftLine[] {
  if (line !== null) return [...lines, { ...line, properties: { _tsuide: claim } }];
  const place = lines.findIndex(({ productId }) => productId === product);
  return lines.map((one, at) => (at === place ? { ...one, properties: { _tsuide: claim } } : one));
}
