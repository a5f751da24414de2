import { amountOff } from "./amounts.ts";
import { readValue } from "./read-amounts.ts";
import { TextReader } from "./text-reader.ts";

const COMMA: i32 = 44;
/** More than an offer can have: see `offers/types/quantity-breaks`. */
const MOST_TIERS: i32 = 12;

/** The tiers of a quantity-breaks offer, the one that asks for the fewest units first. Products with equal rules share them. */
export class Tiers {
  private readonly least: number[] = [];
  private readonly reward: i32[] = [];
  private readonly value: number[] = [];

  /** Reads the tiers that follow in a text. One that is not understood takes nothing off. */
  read(reader: TextReader, currency: i32): void {
    while (this.least.length < MOST_TIERS && reader.takes(COMMA)) {
      this.least.push(reader.digits());
      const reward = reader.take();
      this.reward.push(reward);
      this.value.push(readValue(reader, reward, currency));
    }
  }

  /** Whether so many units are enough for the first. */
  areReachedBy(units: i32): boolean {
    return this.least.length > 0 && this.least[0]! >= 1 && this.least[0]! <= units;
  }

  /** What they take off each of so many units: of those that are reached, the one that saves most. */
  amountOff(units: i32, price: number): number {
    const count: i32 = this.least.length;
    let best: number = 0;
    for (let i: i32 = 0; i < count && this.least[i]! <= units; i++) {
      if (this.least[i]! < 1 || this.value[i]! < 0) continue;
      const amount = amountOff(price, this.reward[i]!, this.value[i]!);
      if (amount > best) best = amount;
    }
    return best;
  }
}
