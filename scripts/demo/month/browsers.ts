import { assignedArms, type Pair } from "../../../app/domain/measurement/experiments/assigned-arms.ts";
import type { PublishedSplit } from "../../../app/domain/measurement/experiments/published-split.ts";
import { SLOTS } from "../../../app/domain/measurement/experiments/slot.ts";
import { hashText } from "../../../test/dev-store/shop/random.ts";
import { orderTotals } from "../../../test/dev-store/shop/order-totals.ts";
import type { DevOrder } from "../../../test/dev-store/shop/state.ts";
import { isShown } from "./visit.ts";

const CONSENTING = 0.85;
const MOST_TRIES = 200;

/** The arms of a browser by its name. */
export function armsOf(browser: string, split: PublishedSplit | null): Pair[] {
  return split === null ? [] : assignedArms(split, `v:${browser}`);
}

/**
 * The browsers of those who buy. Chance would leave the few who are held out with more or less to spend than the others, and
 * what offers seem to add would be mostly chance: so of those who spend about the same, every so many is held out.
 */
export class Browsers {
  readonly #known = new Map<string, string>();
  /** By how often an order's value can be halved: who came, and who of them was held out. */
  readonly #alike = new Map<number, { all: number; heldOut: number }>();

  /** Whether the shopper allows analytics. The same person does so on every browser. */
  consents(browser: string): boolean {
    return hashText(`consent of ${personOf(browser)}`) % 1_000 < CONSENTING * 1_000;
  }

  /** The browser with which a person makes an order that they make whatever they are shown. */
  ofBuyer(order: DevOrder, person: string, split: PublishedSplit | null): string {
    const known = this.#known.get(person);
    if (known !== undefined) return known;
    const browser = this.consents(person) ? this.#steered(order, person, split) : `${person}.0`;
    this.#known.set(person, browser);
    return browser;
  }

  #steered(order: DevOrder, person: string, split: PublishedSplit | null): string {
    const share = (split?.[2] ?? 0) / SLOTS;
    const value = Math.floor(Math.log2(orderTotals(order).currentSubtotalMinor + 1));
    const alike = this.#alike.get(value) ?? { all: 0, heldOut: 0 };
    const isHeldOut = alike.heldOut + 0.5 < share * (alike.all + 1);
    this.#alike.set(value, { all: alike.all + 1, heldOut: alike.heldOut + Number(isHeldOut) });
    for (let n = 0; n < MOST_TRIES; n++) {
      const browser = `${person}.${n}`;
      if (isShown(armsOf(browser, split)) !== isHeldOut) return browser;
    }
    return `${person}.0`;
  }
}

function personOf(browser: string): string {
  return browser.replace(/\.\d+$/, "");
}
