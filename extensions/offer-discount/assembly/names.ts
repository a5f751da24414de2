import { intern } from "./host.ts";

/** More names than the Function has. */
const MOST_NAMES: i32 = 128;
const addresses = new StaticArray<usize>(MOST_NAMES);
const numbers = new StaticArray<u32>(MOST_NAMES);
let count: i32 = 0;

/** The number by which the host knows a name. A name is handed over where it is asked for first: it is a text of the code. */
export function nameOf(text: string): u32 {
  // The compiler keeps equal texts once, so that their address tells them apart.
  const address = changetype<usize>(text);
  // A name is mostly asked for again soon.
  for (let i = count - 1; i >= 0; i--) if (addresses[i] == address) return numbers[i];
  const number = intern(text);
  addresses[count] = address;
  numbers[count] = number;
  count += 1;
  return number;
}
