/** FNV-1a (Fowler, Noll and Vo) of 32 bits: what it begins with. */
const BASIS: i32 = -2128831035;
/** All bits but the sign. */
const KEPT: i32 = 2147483647;

/**
 * The number that stands for a tag of a customer in tests of shoppers: FNV-1a of its UTF-8 text, with small letters for A to
 * Z. Both compilers multiply alike by shifts, which stand for the prime 16,777,619. Two of a shop's hundred tags share a
 * number once in 400,000 shops.
 */
export function tagNumber(bytes: Uint8Array, length: i32): i32 {
  let hash: i32 = BASIS;
  for (let i: i32 = 0; i < length; i++) {
    let byte: i32 = bytes[i]! as i32;
    if (byte >= 65 && byte <= 90) byte += 32;
    hash = hash ^ byte;
    hash = (hash + (hash << 1) + (hash << 4) + (hash << 7) + (hash << 8) + (hash << 24)) | 0;
  }
  return hash & KEPT;
}
