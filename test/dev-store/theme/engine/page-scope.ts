import type { DevMetafield, StoreContext } from "../../shop/state.ts";
import { metafieldsOf } from "../../storefront/catalog.ts";
import type { PricedCart } from "../../storefront/priced-cart.ts";
import type { Visitor } from "../../storefront/visitor.ts";
import type { Translations, Tree } from "./translate.ts";

/** Everything that filters, tags and objects need to know while one page is rendered. */
export interface PageScope {
  context: StoreContext;
  visitor: Visitor;
  priced: PricedCart;
  url: URL;
  /** Extension assets that blocks on the page asked for: URLs, each once. */
  stylesheets: Set<string>;
  scripts: Set<string>;
  /** Set by `{% paginate %}` around the list that is being paged. */
  page: { offset: number; size: number } | null;
  /** The frame that `{% layout %}` chose; undefined where no template said so. */
  layout?: string | null;
  productObjects: Map<string, object>;
  /** Memo of metafields by owner. */
  metafields: Map<string, DevMetafield[]>;
}

/** What differs between rendering the theme's files and an extension's. */
export interface FileScope {
  /** The folder of the theme or the extension. */
  folder: string;
  translations: Translations;
  /** Texts of settings' defaults; read when one is asked for. */
  schemaTexts?: { own: Tree; fallback: Tree };
  /** Address of an asset of the theme or the extension. */
  assetUrl(name: string): string;
}

/** Metafields of one owner, looked up once per page. */
export function ownedMetafields(scope: PageScope, resource: string, id: string | null): DevMetafield[] {
  const memo = `${resource}${id ?? ""}`;
  const known = scope.metafields.get(memo);
  if (known) return known;
  const found = metafieldsOf(scope.context.shop, resource, id);
  scope.metafields.set(memo, found);
  return found;
}
