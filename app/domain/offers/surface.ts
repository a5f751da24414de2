/** Where a shopper can meet an offer. */
export const SURFACES = ["product", "cart", "checkout", "thank-you"] as const;
export type SurfaceName = (typeof SURFACES)[number];
