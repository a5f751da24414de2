import type { DevProduct } from "../shop/state.ts";
import { CATALOGUE, type Catalogue } from "./generate-catalogue.ts";
import type { CatalogueItem } from "./catalogue-item.ts";
import { PLANTED_SETS, UPGRADES, type PlantedSet } from "./planted.ts";
import { between, WeightedChoice } from "./random-choice.ts";

export interface OrderSettings {
  random: () => number;
  from: number;
  now: number;
  /** Orders from then on are still to come: what happened to earlier ones happened before it. */
  until: number;
  orders: number;
}

export interface Basket {
  at: number;
  /** Null: a guest. */
  customerId: string | null;
  products: DevProduct[];
}

const DAY = 86_400_000;
const HOUR = 3_600_000;
const GUESTS = 0.28;
/** How busy each month is, January first. */
const BUSY = [0.9, 0.85, 1, 1, 1, 0.95, 0.9, 0.85, 1, 1.1, 1.35, 1.75];
/** How often each hour of a shop's day is chosen, in the shop's own time. */
const HOURS = [2, 1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 10, 9, 8, 8, 8, 9, 10, 12, 14, 14, 10, 5];

/**
 * Who buys what and when: chosen sets, things used up and bought again, better ones some months later, gifts in
 * their season, and plain browsing. Every choice comes from the one seeded `random`.
 */
export class Baskets {
  readonly #catalogue: Catalogue;
  readonly #settings: OrderSettings;
  readonly #random: () => number;
  readonly #byMonth: WeightedChoice<CatalogueItem>[];
  readonly #setsByMonth: WeightedChoice<PlantedSet>[];
  readonly #days: WeightedChoice<number>;
  readonly #hours: WeightedChoice<number>;
  readonly #items = new Map(CATALOGUE.map((item) => [item.key, item]));
  readonly #baskets: Basket[] = [];

  constructor(catalogue: Catalogue, settings: OrderSettings) {
    this.#catalogue = catalogue;
    this.#settings = settings;
    this.#random = settings.random;
    const ranked = new Map<string, number>();
    // Popularity falls off with a rank that has nothing to do with the place in the catalogue.
    CATALOGUE.map((item) => ({ item, at: this.#random() }))
      .sort((a, b) => a.at - b.at)
      .forEach(({ item }, rank) => ranked.set(item.key, 1 / (rank + 12) ** 0.75));
    const months = Array.from({ length: 12 }, (_, month) => month + 1);
    this.#byMonth = months.map(
      (month) => new WeightedChoice(CATALOGUE, (item) => (ranked.get(item.key) ?? 0) * inSeason(item, month)),
    );
    this.#setsByMonth = months.map(
      (month) => new WeightedChoice(PLANTED_SETS, ({ anchor, weight }) => weight * inSeason(this.#item(anchor), month)),
    );
    const days = Math.floor((settings.now - settings.from) / DAY);
    this.#days = new WeightedChoice(
      Array.from({ length: days }, (_, day) => day),
      (day) => {
        const date = new Date(settings.from + day * DAY);
        const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6 ? 1.25 : 1;
        return (0.7 + (0.6 * day) / days) * (BUSY[date.getUTCMonth()] ?? 1) * weekend;
      },
    );
    this.#hours = new WeightedChoice(
      HOURS.map((_weight, hour) => hour),
      (hour) => HOURS[hour] ?? 1,
    );
  }

  /** As many baskets as asked for, in order of time. */
  generate(): Basket[] {
    const { orders } = this.#settings;
    const customers = Math.max(5, Math.round(orders * 0.34));
    this.#repeatBuyers(Math.round(orders * 0.04));
    while (this.#baskets.length < orders) {
      const at = this.#time();
      const guest = this.#random() < GUESTS;
      // Squared, so that a few customers come often and most of them once.
      const customer = guest ? null : String(6_900_000_000_001 + Math.floor(this.#random() ** 2 * customers));
      this.#add(at, customer, this.#choose(at));
    }
    return this.#baskets.slice(0, orders).sort((a, b) => a.at - b.at);
  }

  #item(key: string): CatalogueItem {
    const item = this.#items.get(key);
    if (item === undefined) throw new Error(`The catalogue has no ${key}.`);
    return item;
  }

  #product(key: string): DevProduct {
    const product = this.#catalogue.byKey.get(key);
    if (product === undefined) throw new Error(`The catalogue has no ${key}.`);
    return product;
  }

  #time(): number {
    const hour = this.#hours.pick(this.#random);
    const at =
      this.#settings.from + this.#days.pick(this.#random) * DAY + hour * HOUR + Math.floor(this.#random() * HOUR);
    return Math.floor(at / 1000) * 1000;
  }

  #add(at: number, customerId: string | null, keys: Iterable<string>): void {
    const time = Math.min(at, this.#settings.now - 60_000);
    this.#baskets.push({ at: time, customerId, products: [...new Set(keys)].map((key) => this.#product(key)) });
  }

  #browse(at: number): string {
    return (this.#byMonth[new Date(at).getUTCMonth()] as WeightedChoice<CatalogueItem>).pick(this.#random).key;
  }

  #choose(at: number): string[] {
    const roll = this.#random();
    if (roll < 0.5) return this.#set(at);
    if (roll > 0.99) return ["gift-card"];
    const first = this.#browse(at);
    const keys = [first];
    for (let more = this.#random(); more < 0.45; more = this.#random()) {
      // Half of what is added lies on the same shelf.
      keys.push(this.#random() < 0.5 ? this.#sameKind(first) : this.#browse(at));
    }
    return keys;
  }

  /** Of the same kind, near it in the catalogue: the same kiln, the same garden. */
  #sameKind(key: string): string {
    const at = CATALOGUE.findIndex((item) => item.key === key);
    const type = CATALOGUE[at]?.type[0];
    const near = CATALOGUE[at + between(this.#random, -3, 3)];
    return near !== undefined && near.type[0] === type && near.season === null ? near.key : key;
  }

  #set(at: number): string[] {
    const chosen = (this.#setsByMonth[new Date(at).getUTCMonth()] as WeightedChoice<PlantedSet>).pick(this.#random);
    const keys = [chosen.anchor];
    for (const { key, chance } of chosen.companions) if (this.#random() < chance) keys.push(key);
    if (this.#random() < 0.25) keys.push(this.#browse(at));
    return keys;
  }

  /** Customers with habits: something bought again every so many days, and now and then something better. */
  #repeatBuyers(count: number): void {
    const refills = CATALOGUE.filter(({ refillDays }) => refillDays !== null);
    const choice = new WeightedChoice(refills, ({ refillDays }) => 40 / (refillDays ?? 40));
    for (let index = 0; index < count; index++) {
      const customer = String(6_800_000_000_001 + index);
      const item = choice.pick(this.#random);
      this.#refill(customer, item);
      if (index % 2 === 0) this.#upgrade(customer);
    }
  }

  #refill(customer: string, item: CatalogueItem): void {
    const days = item.refillDays ?? 30;
    let at = this.#settings.from + this.#random() * (this.#settings.now - this.#settings.from) * 0.7;
    const times = between(this.#random, 3, 9);
    for (let time = 0; time < times && at < this.#settings.now; time++) {
      const keys = [item.key];
      if (this.#random() < 0.3) keys.push(this.#browse(at));
      this.#add(Math.floor(at / 1000) * 1000, customer, keys);
      at += days * DAY * (0.8 + this.#random() * 0.45);
    }
  }

  #upgrade(customer: string): void {
    const [from, to] = UPGRADES[between(this.#random, 0, UPGRADES.length - 1)] as readonly [string, string];
    const first = this.#settings.from + this.#random() * (this.#settings.now - this.#settings.from) * 0.6;
    const then = first + between(this.#random, 60, 240) * DAY;
    this.#add(Math.floor(first / 1000) * 1000, customer, [from]);
    if (then < this.#settings.now) this.#add(Math.floor(then / 1000) * 1000, customer, [to]);
  }
}

/** Seasonal things are bought twelve times as often in their months, and hardly at all in others. */
function inSeason(item: CatalogueItem, month: number): number {
  if (item.season === null) return 1;
  return item.season.includes(month) ? 4 : 0.02;
}
