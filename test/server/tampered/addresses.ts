import { APP } from "../../fixtures/wired-app.ts";
import { BROWSER, PAGES, STRANGE_SHOPS, type Tampered, hostOf, webhook } from "./tampered-request.ts";

export function wrongMethods(): Tampered[] {
  const odd = ["PUT", "PATCH", "DELETE", "PROPFIND", "MKCOL", "COPY", "LOCK", "SEARCH", "TRACE", "QUERY"];
  const paths = ["/", "/webhooks", "/health", "/proxy/health", "/auth", "/auth/login", "/assets/x.js", ...PAGES];
  const everywhere = paths.flatMap((path) => odd.map((method) => ({ method, path })));
  const here = [
    ...["GET", "OPTIONS"].map((method) => ({ method, path: "/webhooks" })),
    ...["/health", "/proxy/health", "/proxy/anything"].flatMap((path) =>
      ["POST", "OPTIONS"].map((method) => ({ method, path })),
    ),
  ];
  return [...everywhere, ...here].map((request) => ({
    family: "methods",
    what: `${request.method} ${request.path}`,
    request,
    statuses: [405],
  }));
}

export function strangeShops(shop: string): Tampered[] {
  const paths = ["/", "/app", "/app/settings", "/auth", "/auth/login", "/auth/session-token", "/auth/exit-iframe"];
  const named = paths.flatMap((path) =>
    STRANGE_SHOPS.map((strange) => ({
      what: `${path} ${strange}`,
      path: `${path}?shop=${encodeURIComponent(strange)}`,
    })),
  );
  const twice = paths.map((path) => ({
    what: `${path} two shops`,
    path: `${path}?shop=${shop}&shop=thief.myshopify.com`,
  }));
  const pages = [...named, ...twice].map(({ what, path }) => ({
    family: "shops",
    what,
    request: { path, headers: { "user-agent": BROWSER } },
    statuses: [400],
  }));
  const isHeader = (value: string) => /^[\x20-\x7e]*$/.test(value);
  const webhooks = ["orders/updated", "customers/redact", "shop/redact"].flatMap((topic) =>
    STRANGE_SHOPS.filter(isHeader).map((strange) => ({
      family: "shops",
      what: `${topic} of ${strange}`,
      request: webhook(strange, JSON.stringify({ id: 1, customer: { id: 1 } }), { topic }),
      statuses: [400],
    })),
  );
  return [...pages, ...webhooks];
}

export function badRedirects(shop: string): Tampered[] {
  const destinations = [
    ...["https://evil.com", "//evil.com", "\\\\evil.com", "javascript:alert(1)", "data:text/html,x"],
    ...[`${APP.url}.evil.com`, `${APP.url}@evil.com`, "https://admin.shopify.com.evil.com", "http://admin.shopify.com"],
    ...["https://admin.shopify.com:8443/x", "https://evil.com/admin.shopify.com", "https://evil.com#admin.shopify.com"],
    ...["ftp://admin.shopify.com", "", " ", "vbscript:x", "https://x.myshopify.com.evil.com/admin", "https://[::1]/"],
  ];
  return destinations.map((destination) => ({
    family: "redirects",
    what: destination,
    request: {
      path: `/auth/exit-iframe?${new URLSearchParams({ shop, host: hostOf(shop), exitIframe: destination }).toString()}`,
      headers: { "user-agent": BROWSER },
    },
    statuses: [400],
  }));
}

export function badAddresses(): Tampered[] {
  const undecodable = [
    "/%",
    "/%zz",
    "/%E0%A4%A",
    "/app/%",
    "/assets/%ff",
    "/%c0%ae%c0%ae/package.json",
    "/x%00y",
    "/app%00",
  ];
  const absent = [
    ...["/.env", "/.git/config", "/package.json", "/build/server/index.js", "/server/index.js", "/wp-login.php"],
    ...[
      "/assets/..%2f..%2f..%2fpackage.json",
      "/..%2fserver%2findex.js",
      "/%2e%2e/%2e%2e/package.json",
      "/assets/x.js",
    ],
    ...["/assets/%2e%2e/%2e%2e/server/index.js", "/webhooks/x", "/health/x", "/graphql", "//evil.com"],
  ];
  const long = ["/", "/app", "/health"].map((path) => `${path}?x=${"y".repeat(9_000)}`);
  const of = (statuses: number[]) => (path: string) => ({
    family: "addresses",
    what: path.slice(0, 60),
    request: { path },
    statuses,
  });
  return [...undecodable.map(of([400])), ...absent.map(of([404])), ...long.map(of([414]))];
}
