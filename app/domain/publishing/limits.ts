/** Limits that Shopify sets on what is published; a metafield above them is not passed to a Function, or refused. */

/** A metafield above this many bytes is not passed to a Function. Everything of a product keeps below it. */
export const METAFIELD_BYTES = 10_000;
/** A Function gets at most this many bytes of input: the whole cart, with the rules of every product in it. */
export const FUNCTION_INPUT_BYTES = 128_000;
