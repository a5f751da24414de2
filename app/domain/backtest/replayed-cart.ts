import type { OfferOnCart } from "./cart-pricer.ts";
import type { NearMiss } from "./near-miss.ts";

/** What an offer would have done for one cart. Null where it would have done nothing, and the cart lacked more than one thing. */
export type Replayed =
  /** It would have got something. Lines are those of the cart that were given. */
  | { readonly code: "given"; readonly on: OfferOnCart; readonly gifts: readonly number[] }
  /** The offer changes no price, and would have been shown. */
  | { readonly code: "shown" }
  | { readonly code: "near"; readonly miss: NearMiss };
