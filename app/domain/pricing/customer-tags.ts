import { tagNumber } from "./kernel/tag-number.ts";

/** The number that stands for a tag of a customer in tests of shoppers. Neither spaces around it nor capital letters matter. */
export function numberOfTag(tag: string): number {
  const bytes = new TextEncoder().encode(tag.trim().toLowerCase());
  return tagNumber(bytes, bytes.length);
}
