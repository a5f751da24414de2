/** Where a shopper can meet an offer. */
export const SURFACES = ["product", "cart", "checkout", "thank-you"] as const;
export type SurfaceName = (typeof SURFACES)[number];

/**
 * Where a shopper can add from: where offers are shown, and the suggestions on other pages (home, collection, search), which
 * follow what is set for the cart.
 */
export const CLAIMED_SURFACES = [...SURFACES, "page"] as const;
export type ClaimedSurface = (typeof CLAIMED_SURFACES)[number];
