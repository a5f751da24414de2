import { intern, propertyNamed, Value, writeBytes } from "./host.ts";

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

/** A property by a name that is not asked for often: to intern it would cost a call more. */
export function propertyCalled(value: Value, name: string): Value {
  const bytes = Uint8Array.wrap(String.UTF8.encode(name));
  return propertyNamed(value, bytes, 0, bytes.length);
}

/** Writes a name, or another text of the code, that is not written often. */
export function writeText(text: string): void {
  const bytes = Uint8Array.wrap(String.UTF8.encode(text));
  writeBytes(bytes, 0, bytes.length);
}
