/**
 * Where everything is published at Shopify. `$app` is the namespace that Shopify reserves for this app. Theme blocks,
 * the discount Function and the checkout extension read from here; no surface asks our server.
 */
export const PUBLISHED = {
  /** On a product: the envelope of its offers, see `envelope.ts`. */
  offers: { owner: "product", namespace: "$app", key: "offers", type: "json" },
  /** On a product: what the discount Function reads of its offers, see `pricing/rules.ts`. Nothing else reads it. */
  rules: { owner: "product", namespace: "$app", key: "rules", type: "json" },
  /** On a product: its companions as references, which Liquid resolves to live products. */
  companions: { owner: "product", namespace: "$app", key: "companions", type: "list.product_reference" },
  /** On a product: the products in its segments' lists that `companions` does not hold. */
  segmentCompanions: { owner: "product", namespace: "$app", key: "segment_companions", type: "list.product_reference" },
  /** On a product: what its offer has listed and when, see `published-listings.ts`. Only this app reads it. */
  listed: { owner: "product", namespace: "$app", key: "listed", type: "json" },
  /** On a product: its bought-together offer in version 1. Deleted where version 2 is set. */
  offer: { owner: "product", namespace: "$app", key: "offer", type: "json" },
  /** On a customer: what the customer's own history adds, see `published-customer.ts`. */
  customer: { owner: "customer", namespace: "$app", key: "history", type: "json" },
  /** On the automatic discount: what the discount Function reads of shop-wide offers. */
  policy: { owner: "discount", namespace: "$app", key: "policy", type: "json" },
  /** On the automatic discount: the variables of the discount Function's queries, see `offers/shopper-conditions/asked-tags.ts`. */
  asked: { owner: "discount", namespace: "$app", key: "asked", type: "json" },
  /** On the app's installation: what theme blocks read of the shop, see `shop-envelopes.ts`. */
  storefront: { owner: "appInstallation", namespace: "tsuide", key: "storefront", type: "json" },
  /** On the app's installation: how shoppers are split, see `measurement/experiments/published-split.ts`. */
  split: { owner: "appInstallation", namespace: "tsuide", key: "split", type: "json" },
  /** On the app's installation: the products that goals give free, which Liquid resolves to live products. */
  gifts: { owner: "appInstallation", namespace: "tsuide", key: "gifts", type: "list.product_reference" },
  /** On the shop: what the checkout extension reads, which sees no metafields of an installation. */
  checkout: { owner: "shop", namespace: "$app", key: "checkout", type: "json" },
  /** On the shop: its best sellers as references, which Liquid resolves to live products. */
  bestSellers: { owner: "shop", namespace: "$app", key: "best_sellers", type: "list.product_reference" },
} as const;

/** One of the places above. */
export type PublishedAddress = (typeof PUBLISHED)[keyof typeof PUBLISHED];
