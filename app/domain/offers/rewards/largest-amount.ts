/** In minor units: more than any price, and far below where integers lose their exactness. */
export const LARGEST_AMOUNT = 1_000_000_000_000;
