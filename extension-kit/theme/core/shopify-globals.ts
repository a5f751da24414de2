import type { Pair, PublishedSplit } from "../../domain.ts";

/** Shopify's standard action `updateCart`, which a theme may have configured. */
export interface UpdateCart {
  (change: {
    lines: object[];
  }): Promise<{ cart?: unknown; userErrors?: readonly { readonly message?: string }[] } | null>;
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
      actions?: { updateCart?: UpdateCart };
    };
    navigation?: EventTarget;
    /** What the script in the page's head has decided, where a holdout or an experiment runs. */
    tsuideSplit?: readonly [
      experiments: PublishedSplit[3],
      /** Of this shopper; none for one who is not split yet. */
      arms: readonly Pair[],
      /** The arms that the cart has been given already. */
      inCart: string,
    ];
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

/** Publishes an event of ours on Shopify's analytics bus, where it is there. */
export const publish = (kind: string, data: object) =>
  attempt(() => window.Shopify!.analytics!.publish("tsuide:" + kind, data));
