/** How long the lists are that shoppers are offered from: learning, publishing and every surface keep to them. */

/** Most companions that a bought-together set shows. */
export const SET_SIZE = 3;
/** Most references in `companions`, and how many of an offer's companions take part in its discount. */
export const LISTED_COMPANIONS = 8;
/** Most companions in an offer; those after the listed ones only add to what goes with a whole cart. */
export const OFFER_COMPANIONS = 24;
/** Most segments of an offer, and most companions in the list of one. */
export const OFFER_SEGMENTS = 4;
export const SEGMENT_COMPANIONS = 8;
/** Most products that a customer is known to own for good, and most that a customer's own history adds to. */
export const OWNED_PRODUCTS = 50;
export const CUSTOMER_ADDS = 24;
