import { Buyer, MET } from "./buyer.ts";
import { TextReader } from "./text-reader.ts";

const COMMA: i32 = 44;

/** What a shop's rules stop, whatever products still carry: for all shoppers, or for all who do not meet an offer's tests. */
export class Stopped {
  private readonly buyer: Buyer;
  private readonly types: i32[] = [];
  /** 0 for every offer of the type. */
  private readonly numbers: number[] = [];
  /** Offers whose tests the buyer meets: each keeps out what follows it of its type on the same product. */
  private readonly metTypes: i32[] = [];
  private readonly metNumbers: number[] = [];
  /** One bit for each type of which something is stopped, and of which an offer has tests that are met: of most none is. */
  private stoppedBits: i32 = 0;
  private metBits: i32 = 0;

  constructor(buyer: Buyer) {
    this.buyer = buyer;
  }

  /** Stops an offer; all of its type for the number 0. */
  stop(type: i32, number: number): void {
    this.types.push(type);
    this.numbers.push(number);
    this.stoppedBits |= bitOf(type);
  }

  /** Reads what is stopped. Tests behind the number say for whom the offer is not. */
  read(reader: TextReader): void {
    const type = reader.take();
    const number = reader.digits();
    if (reader.takes(COMMA) && this.buyer.meets(reader) === MET) {
      this.metTypes.push(type);
      this.metNumbers.push(number);
      this.metBits |= bitOf(type);
    } else this.stop(type, number < 0 ? 0 : number);
  }

  /** Whether an offer is stopped, by itself or with all of its type. */
  stops(type: i32, number: number): boolean {
    if ((this.stoppedBits & bitOf(type)) === 0) return false;
    for (let i: i32 = 0; i < this.types.length; i++) {
      if (this.types[i]! !== type) continue;
      if (this.numbers[i]! === 0 || this.numbers[i]! === number) return true;
    }
    return false;
  }

  /** Whether an offer has tests, the buyer meets them, and it is not stopped. */
  isMet(type: i32, number: number): boolean {
    if ((this.metBits & bitOf(type)) === 0) return false;
    for (let i: i32 = 0; i < this.metTypes.length; i++) {
      if (this.metTypes[i]! === type && this.metNumbers[i]! === number) return !this.stops(type, number);
    }
    return false;
  }
}

/** A bit for a type's letter. */
export function bitOf(type: i32): i32 {
  return 1 << (type & 31);
}
