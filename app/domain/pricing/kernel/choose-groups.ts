import { Benefits } from "./benefits.ts";
import { BuyXGetYOffer } from "./buy-x-get-y.ts";
import { Cart } from "./cart.ts";
import { GroupOffer } from "./group-offer.ts";
import { MixAndMatchOffer } from "./mix-and-match.ts";
import { BUY_X_GET_Y, MIX_AND_MATCH, PricedOffer } from "./offers.ts";
import { PERCENT } from "./rewards.ts";
import { readPartners } from "./read-partners.ts";
import { Resolver } from "./resolve.ts";

/** Work that trying numbers of groups may take: entries of benefits that are looked at. */
const WORK: i32 = 4000;
/** Tries for a small cart, at the most. */
const MOST_TRIES: i32 = 400;
/** With fewer tries than this the likely numbers are taken as they are: a cart may then save a little less than it could. */
const FEWEST_TRIES: i32 = 8;
/** A cart that is allowed fewer tries than this, and has more combinations than tries, gets the likely numbers alone. */
const TRIES_FOR_ALL: i32 = 50;
const ALL: i32 = 2147483647;
/** What an entry of a group takes to form, in steps of the search. */
const STEPS_OF_ENTRY: i32 = 8;

/** The offers of a cart whose units are taken in groups, by rank. */
export function groupOffers(cart: Cart, offers: PricedOffer[]): GroupOffer[] {
  const found: GroupOffer[] = [];
  for (let rank: i32 = 0; rank < offers.length; rank++) {
    const offer = offers[rank]!;
    if (offer.type === BUY_X_GET_Y) {
      if (!offer.sameProducts) readPartners(offer, cart.products);
      found.push(new BuyXGetYOffer(offer, rank));
    } else if (offer.type === MIX_AND_MATCH && offer.reward !== PERCENT) found.push(new MixAndMatchOffer(offer, rank));
  }
  for (let i: i32 = 0; i < found.length; i++) found[i]!.arrange(cart);
  return found;
}

/**
 * Decides how many groups each of such offers takes, and what all other benefits get of the units that are left, so
 * that the saving in all is maximal. Each offer, by rank, takes its best groups first: with one more unit in the cart the
 * same numbers of groups leave all others at least what they had, and so adding an item never loses a discount. Where not
 * all combinations of numbers can be tried in time, as in carts of very many units, neither is certain.
 */
export class GroupChoice {
  private readonly cart: Cart;
  private readonly groups: GroupOffer[];
  private readonly others: Benefits;
  private readonly resolver: Resolver;
  private readonly quantities: Int32Array;
  private readonly effort: i32;
  /** Steps of the search that tries may still take, all together. */
  private effortOfTries: i32;
  private tries: i32 = 0;
  private readonly most: i32[] = [];
  private readonly times: i32[] = [];
  private readonly best: i32[] = [];
  private bestSaving: number = -1;
  private bestRanks: number = 0;

  /**
   * @param others What all other offers propose.
   * @param quantities Units of each place in `cart.order` that can take a benefit.
   * @param effort Steps of the search that one decision may take.
   * @param effortOfTries Steps that all tries together may take.
   */
  constructor(
    cart: Cart,
    groups: GroupOffer[],
    others: Benefits,
    quantities: Int32Array,
    effort: i32,
    effortOfTries: i32,
  ) {
    this.cart = cart;
    this.groups = groups;
    this.others = others;
    this.resolver = new Resolver(others, quantities.length);
    this.quantities = quantities;
    this.effort = effort;
    this.effortOfTries = effortOfTries;
    for (let i: i32 = 0; i < groups.length; i++) {
      this.most.push(ALL);
      this.times.push(0);
      this.best.push(0);
    }
  }

  /** Decides, and adds the groups that are taken to the other benefits. Those of an offer that lost are added untaken. */
  decide(): void {
    const size: i32 = this.others.entries + this.quantities.length;
    const tries: i32 = Math.floor(WORK / (size + 1)) as i32;
    this.tries = tries < MOST_TRIES ? tries : MOST_TRIES;
    const free = this.quantities.slice(0);
    const taken = new Benefits();
    if (this.isUncontested()) {
      for (let i: i32 = 0; i < this.best.length; i++) this.times[i] = ALL;
      this.formAll(free, taken);
    } else if (this.tries < FEWEST_TRIES) this.takeLikely(free, taken);
    else {
      this.tryDifferent();
      for (let i: i32 = 0; i < this.best.length; i++) this.times[i] = this.best[i]!;
      this.formAll(free, taken);
    }
    this.resolver.decide(free, this.effort);
    copyBenefits(taken, taken.count, this.others);
    // What lost is for people to read, who look at small carts.
    if (tries < FEWEST_TRIES) return;
    for (let i: i32 = 0; i < this.groups.length; i++) if (this.times[i]! === 0) this.addLost(this.groups[i]!);
  }

  /** Whether no unit that could be in a group has any other benefit. */
  private isUncontested(): boolean {
    const seen = new Uint8Array(this.quantities.length);
    for (let e: i32 = 0; e < this.others.entries; e++) seen[this.others.line[e]!] = 1;
    for (let i: i32 = 0; i < this.groups.length; i++) {
      if (this.groups[i]!.marks(seen)) return false;
      this.groups[i]!.mark(seen);
    }
    return true;
  }

  /** Tries every combination of numbers of groups, as long as the tries last; the likely ones first where they may not. */
  private tryDifferent(): void {
    let ways: number = 1;
    for (let i: i32 = 0; i < this.most.length; i++) {
      this.most[i] = this.form(i, ALL, this.quantities.slice(0), new Benefits());
      ways *= this.most[i]! + 1;
    }
    const tries = this.tries;
    if (ways > tries) this.tryLikely();
    if (ways <= tries || tries >= TRIES_FOR_ALL) this.tryFrom(0, this.quantities);
    if (ways <= tries && this.effortOfTries <= 0) this.tryLikely();
  }

  /** Tries all numbers of groups of an offer and of those behind it: so many units are left by those before it. */
  private tryFrom(offer: i32, free: Int32Array): void {
    if (this.tries <= 0) return;
    if (offer === this.groups.length) {
      this.evaluate();
      return;
    }
    const most = this.form(offer, ALL, free.slice(0), new Benefits());
    for (let times: i32 = 0; times <= most && this.tries > 0; times++) {
      const left = free.slice(0);
      if (times > 0) this.form(offer, times, left, new Benefits());
      for (let i: i32 = offer + 1; i < this.times.length; i++) this.times[i] = 0;
      this.times[offer] = times;
      this.tryFrom(offer + 1, left);
    }
  }

  /** The likely numbers, no groups, all that there can be, each offer by itself; then from the best step by step. */
  private tryLikely(): void {
    this.takeLikely(this.quantities.slice(0), new Benefits());
    this.evaluate();
    for (let i: i32 = 0; i < this.times.length; i++) this.times[i] = 0;
    this.evaluate();
    for (let i: i32 = 0; i < this.times.length; i++) this.times[i] = this.most[i]!;
    this.evaluate();
    for (let i: i32 = 0; this.times.length > 1 && i < this.times.length && this.tries > 0; i++) {
      for (let other: i32 = 0; other < this.times.length; other++) this.times[other] = 0;
      this.times[i] = this.most[i]!;
      this.evaluate();
    }
    let hasImproved = true;
    while (hasImproved && this.tries > 0) {
      hasImproved = false;
      for (let i: i32 = 0; i < this.times.length; i++) {
        if (this.tryStep(i, -1) || this.tryStep(i, 1)) hasImproved = true;
      }
    }
  }

  /**
   * Sets `times` to where each offer's groups save most, less the most that their units could save otherwise, and takes
   * those groups.
   */
  private takeLikely(free: Int32Array, into: Benefits): void {
    const otherwise = new Float64Array(this.quantities.length);
    const others = this.others;
    for (let e: i32 = 0; e < others.entries; e++) {
      const line: i32 = others.line[e]!;
      const amount = others.amount[e]!;
      if (amount > otherwise[line]!) otherwise[line] = amount;
    }
    for (let i: i32 = 0; i < this.groups.length; i++) {
      const formed = new Benefits();
      this.groups[i]!.form(this.cart, ALL, free.slice(0), formed);
      let most: number = 0;
      let net: number = 0;
      let count: i32 = 0;
      let kept: i32 = 0;
      this.times[i] = 0;
      for (let b: i32 = 0; b < formed.count; b++) {
        for (let e = formed.first[b]!; e < formed.first[b + 1]!; e++) {
          net += formed.taken[e]! * (formed.amount[e]! - otherwise[formed.line[e]!]!);
        }
        count += formed.limit[b]!;
        if (net <= most) continue;
        most = net;
        kept = b + 1;
        this.times[i] = count;
      }
      for (let e: i32 = 0; e < formed.first[kept]!; e++) {
        free[formed.line[e]!] = free[formed.line[e]!]! - formed.taken[e]!;
      }
      copyBenefits(formed, kept, into);
    }
  }

  /** Whether one group more or less of an offer is better than the best so far. */
  private tryStep(offer: i32, step: i32): boolean {
    for (let i: i32 = 0; i < this.times.length; i++) this.times[i] = this.best[i]!;
    const times: i32 = this.times[offer]! + step;
    if (times < 0 || times > this.most[offer]! || this.tries <= 0) return false;
    this.times[offer] = times;
    return this.evaluate();
  }

  /** Whether `times` saves more than all that was tried before, or as much with better ranks; it is then the best. */
  private evaluate(): boolean {
    this.tries -= 1;
    const free = this.quantities.slice(0);
    const taken = new Benefits();
    this.formAll(free, taken);
    const left: i32 = this.effortOfTries > 0 ? this.effortOfTries : 0;
    const effort: i32 = this.effort < left ? this.effort : left;
    this.resolver.decide(free, effort);
    this.spend(effort - this.resolver.effortLeft());
    const saving: number = savingOf(taken) + savingOf(this.others);
    if (saving < this.bestSaving) return false;
    const ranks: number = ranksOf(taken) + ranksOf(this.others);
    if (saving === this.bestSaving && ranks >= this.bestRanks) return false;
    this.bestSaving = saving;
    this.bestRanks = ranks;
    for (let i: i32 = 0; i < this.best.length; i++) this.best[i] = this.times[i]!;
    return true;
  }

  private formAll(free: Int32Array, into: Benefits): void {
    for (let i: i32 = 0; i < this.groups.length; i++) {
      if (this.times[i]! > 0) this.form(i, this.times[i]!, free, into);
    }
  }

  /** Forms groups of an offer, and counts that among what tries take. */
  private form(offer: i32, times: i32, free: Int32Array, into: Benefits): i32 {
    const before = into.entries;
    const formed = this.groups[offer]!.form(this.cart, times, free, into);
    this.spend(STEPS_OF_ENTRY * (into.entries - before) + free.length);
    return formed;
  }

  /** Ends the tries once they have taken what they may. */
  private spend(steps: i32): void {
    this.effortOfTries -= steps;
    if (this.effortOfTries <= 0) this.tries = 0;
  }

  private addLost(group: GroupOffer): void {
    const lost = new Benefits();
    group.form(this.cart, ALL, this.quantities.slice(0), lost);
    for (let e: i32 = 0; e < lost.entries; e++) lost.taken[e] = 0;
    copyBenefits(lost, lost.count, this.others);
  }
}

/** Adds the first `count` benefits to others. */
function copyBenefits(from: Benefits, count: i32, into: Benefits): void {
  for (let b: i32 = 0; b < count; b++) {
    for (let e = from.first[b]!; e < from.first[b + 1]!; e++) {
      into.addEntry(from.line[e]!, from.quantity[e]!, from.amount[e]!, from.taken[e]!);
    }
    into.close(from.rank[b]!, from.limit[b]!, from.whole[b]! !== 0);
  }
}

function savingOf(benefits: Benefits): number {
  let saving: number = 0;
  for (let e: i32 = 0; e < benefits.entries; e++) saving += benefits.taken[e]! * benefits.amount[e]!;
  return saving;
}

/** The ranks of all units that are taken, summed. */
function ranksOf(benefits: Benefits): number {
  let ranks: number = 0;
  for (let b: i32 = 0; b < benefits.count; b++) {
    let units: number = 0;
    for (let e = benefits.first[b]!; e < benefits.first[b + 1]!; e++) units += benefits.taken[e]!;
    ranks += units * benefits.rank[b]!;
  }
  return ranks;
}
