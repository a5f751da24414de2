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
 * what offers seem to add would be mostly chance: so a new buyer gets a browser of the arm that has had less than its share.
 */
export class Browsers {
  readonly #known = new Map<string, string>();
  #heldOutMinor = 0;
  #allMinor = 0;

  /** Whether the shopper allows analytics. The same person does so on every browser. */
  consents(browser: string): boolean {
    return hashText(`consent of ${personOf(browser)}`) % 1_000 < CONSENTING * 1_000;
  }

  /** The browser with which a person makes an order that they make whatever they are shown. */
  ofBuyer(order: DevOrder, person: string, split: PublishedSplit | null): string {
    const minor = orderTotals(order).currentSubtotalMinor;
    const browser = this.#known.get(person) ?? this.#new(person, minor, split);
    this.#known.set(person, browser);
    if (!this.consents(browser)) return browser;
    this.#allMinor += minor;
    if (!isShown(armsOf(browser, split))) this.#heldOutMinor += minor;
    return browser;
  }

  #new(person: string, minor: number, split: PublishedSplit | null): string {
    const share = (split?.[2] ?? 0) / SLOTS;
    const isHeldOut = this.#heldOutMinor + minor / 2 < share * (this.#allMinor + minor);
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
