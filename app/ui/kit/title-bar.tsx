import { createElement } from "react";

/** The page's name in the bar of Shopify's admin above the app; an element of App Bridge, empty elsewhere. */
export function TitleBar({ title }: { title: string }) {
  return createElement("ui-title-bar", { title });
}

/** The app's entries in the admin's menu. The one with `home` is where the app's own name leads. */
export function NavMenu({ items }: { items: readonly { label: string; url: string; home?: boolean }[] }) {
  const links = items.map(({ label, url, home }) => (
    <a key={url} href={url} {...(home === true ? { rel: "home" } : {})}>
      {label}
    </a>
  ));
  return createElement("ui-nav-menu", null, links);
}
