/** Limits of what is published. Shopify does not pass a metafield above its limit to a Function, or refuses it. */

/** A metafield above this many bytes is not passed to a Function. Everything of a product keeps below it. */
export const METAFIELD_BYTES = 10_000;
/** A Function gets at most this many bytes of input: the whole cart, with the rules of every product in it. */
export const FUNCTION_INPUT_BYTES = 128_000;
/** A cart of so many different products is to fit, each with the longest rules that are published. */
const CART_LINES = 200;
/**
 * Bytes of a line in the Function's input beside its rules: ids, quantity, price. A line takes 287; the others leave room
 * for long prices, and for a goal with many currencies and countries in the discount's own rules.
 */
const LINE_BYTES = 330;
/** Most bytes of the compact rules of one product. */
export const RULES_BYTES = Math.floor(FUNCTION_INPUT_BYTES / CART_LINES) - LINE_BYTES;
/** Longer, in rules, than the number and the priority of any offer. */
export const LARGEST_HEAD = { number: 99_999, priority: 99_999 } as const;
