/** Shopify's standard action `updateCart`, which a theme may have configured. */
export interface UpdateCart {
  (
    change: { lines: object[] },
    options: object,
  ): Promise<{ cart?: unknown; userErrors?: readonly { readonly message?: string }[] } | null>;
  isDefault?(): boolean;
}

/** Custom element of a theme's cart drawer or notification, built as Dawn's. */
export interface CartDrawer extends HTMLElement {
  setActiveElement?(element: HTMLElement): void;
  getSectionsToRender?(): { section?: string; id: string }[];
  renderContents?(answer: object): void;
}

declare global {
  interface Window {
    Shopify?: {
      locale?: string;
      routes?: { root?: string };
      analytics?: { publish(event: string, data: object): unknown };
      /** Shopify's consent API: loaded late, and only where somebody asks for it. */
      customerPrivacy?: { analyticsProcessingAllowed(): boolean };
      loadFeatures?(features: readonly { name: string; version: string }[], loaded: () => void): void;
      actions?: { updateCart?: UpdateCart };
    };
    navigation?: EventTarget;
    /**
     * Where a holdout or an experiment runs: whether the offer of a claim is kept from this shopper. It publishes that the
     * shopper came to where the offer is, once for each experiment that is about it.
     */
    tsuideHides?(claim: string): boolean;
  }
}

/** Runs a theme's code; undefined where the theme lacks it or it throws. */
export function attempt<Result>(run: () => Result): Result | undefined {
  try {
    const result = run();
    (result as Promise<unknown> | undefined)?.catch?.(() => {});
    return result;
  } catch {
    return undefined;
  }
}
