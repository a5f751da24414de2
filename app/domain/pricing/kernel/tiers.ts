import { amountOff } from "./amounts.ts";
import { readValue } from "./read-amounts.ts";
import { TextReader } from "./text-reader.ts";

const COMMA: i32 = 44;
/** More than an offer can have: see `offers/types/quantity-breaks`. */
const MOST_TIERS: i32 = 12;
/** What is kept of a tier: its least quantity, the letter of its reward and the reward's value. */
const COLUMNS: i32 = 3;

/** The tiers of a quantity-breaks offer, the one that asks for the fewest units first. Products with equal rules share them. */
export class Tiers {
  private readonly rows: Float64Array = new Float64Array(MOST_TIERS * COLUMNS);
  private end: i32 = 0;

  /** Reads the tiers that follow in a text. One that is not understood takes nothing off. */
  read(reader: TextReader, currency: i32): void {
    const rows = this.rows;
    let end = this.end;
    while (end < MOST_TIERS * COLUMNS && reader.takes(COMMA)) {
      rows[end] = reader.digits();
      const reward = reader.take();
      rows[end + 1] = reward;
      rows[end + 2] = readValue(reader, reward, currency);
      end += COLUMNS;
    }
    this.end = end;
  }

  /** Whether so many units are enough for the first. */
  areReachedBy(units: i32): boolean {
    return this.end > 0 && this.rows[0]! >= 1 && this.rows[0]! <= units;
  }

  /** What they take off each of so many units: of those that are reached, the one that saves most. */
  amountOff(units: i32, price: number): number {
    const rows = this.rows;
    const end = this.end;
    let best: number = 0;
    for (let i: i32 = 0; i < end && rows[i]! <= units; i += COLUMNS) {
      const value = rows[i + 2]!;
      if (rows[i]! < 1 || value < 0) continue;
      const amount = amountOff(price, rows[i + 1]! as i32, value);
      if (amount > best) best = amount;
    }
    return best;
  }
}
