import { Lookup } from "./lookup.ts";
import type { PageScope } from "./page-scope.ts";

/** The two menus that Shopify makes for every new shop: everything and the collections above, the search below. */

const TITLES = {
  en: { all: "All products", search: "Search" },
  ja: { all: "すべての商品", search: "検索" },
};

const MOST_COLLECTIONS = 4;

function link(scope: PageScope, title: string, path: string, type: string, object: object | null) {
  const { visitor } = scope;
  const current = visitor.path === path;
  return {
    ...{ title, url: visitor.prefix + path, type, object, handle: path.slice(1).replaceAll("/", "-") },
    ...{ current, active: current, child_active: false, child_current: false, levels: 0, links: [] },
  };
}

interface CollectionLike {
  title: string;
  handle: string;
}

/** `linklists`. */
export function menus(scope: PageScope, collections: object[]): Lookup {
  const titles = TITLES[scope.visitor.locale];
  const main = () => [
    link(scope, titles.all, "/collections/all", "collection_link", null),
    ...collections.slice(0, MOST_COLLECTIONS).map((object) => {
      const { title, handle } = object as CollectionLike;
      return link(scope, title, `/collections/${handle}`, "collection_link", object);
    }),
  ];
  const footer = () => [link(scope, titles.search, "/search", "search_link", null)];
  return new Lookup((handle) => {
    if (handle !== "main-menu" && handle !== "footer") return null;
    return { handle, title: handle, levels: 1, links: handle === "footer" ? footer() : main() };
  });
}
