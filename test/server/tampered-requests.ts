import { createHmac, randomUUID } from "node:crypto";
import { makeSessionToken, type SessionTokenClaims } from "../dev-store/auth/session-token.ts";
import type { Asked } from "../fixtures/server-program.ts";
import { signedProxyPath, signedWebhook, type WebhookChanges } from "../fixtures/signed-requests.ts";
import { APP } from "../fixtures/wired-app.ts";

/** A request that is to be refused, and with which statuses it may be. */
export interface Tampered {
  readonly family: string;
  readonly what: string;
  readonly request: Asked;
  readonly statuses: readonly number[];
}

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const ORDER_TOPICS = ["orders/create", "orders/updated", "orders/cancelled", "orders/delete", "refunds/create"];
const PRODUCT_TOPICS = ["products/create", "products/update", "products/delete"];
const BARE_TOPICS = ["app/uninstalled", "app/scopes_update", "bulk_operations/finish", "shop/redact", "shop/update"];
const CUSTOMER_TOPICS = ["customers/data_request", "customers/redact"];
const TOPICS = [...ORDER_TOPICS, ...PRODUCT_TOPICS, ...BARE_TOPICS, ...CUSTOMER_TOPICS];
const PAGES = ["/app", "/app/bought-together", "/app/upgrades", "/app/customers", "/app/settings", "/app/ranking"];
const STRANGE_SHOPS = [
  ...["evil.com", "evil.com/x.myshopify.com", "x.myshopify.com.evil.com", "myshopify.com", ".myshopify.com"],
  ...["x.myshopify.com/admin", "x.myshopify.com/../../etc/passwd", "x.myshopify.com:443", "x.myshopify.com@evil.com"],
  ...[
    "a'; DROP TABLE shops;--",
    "' OR '1'='1",
    "x.myshopify.com' UNION SELECT 1--",
    "x%00.myshopify.com",
    "x_y.myshopify.com",
  ],
  ...["https://x.myshopify.com", "x.myshopify.com?y=1", "x.myshopify.com#y", "-x.myshopify.com", "x..myshopify.com"],
  ...[
    "localhost",
    "127.0.0.1",
    "[::1]",
    "ｘ.myshopify.com",
    `${"x".repeat(64)}.myshopify.com`,
    "x.myshopify.com; script-src *",
  ],
];

/** Every tampered request against an installed shop: made from lists of what can be changed, so that all meet all. */
export function tamperedRequests(shop: string): Tampered[] {
  return [
    ...wrongMethods(),
    ...badSignatures(shop),
    ...badBodies(shop),
    ...badHeaders(shop),
    ...tooLarge(shop),
    ...badProxyRequests(shop),
    ...badTokens(shop),
    ...strangeShops(shop),
    ...badRedirects(shop),
    ...badAddresses(),
  ];
}

function wrongMethods(): Tampered[] {
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

function webhook(shop: string, body: string | Uint8Array, changes: WebhookChanges = {}): Asked {
  const { method, headers } = signedWebhook(shop, body, changes);
  return { method: method!, path: "/webhooks", headers: Object.fromEntries(headers as Headers), body };
}

function badSignatures(shop: string): Tampered[] {
  const body = JSON.stringify({ id: 1, order_id: 1, customer: { id: 1 } });
  const sign = (text: string, secret: string = APP.apiSecret, hash = "sha256") =>
    createHmac(hash, secret).update(text).digest();
  const good = sign(body);
  const flipped = (place: number) => {
    const copy = Buffer.from(good);
    copy[place]! ^= 1;
    return copy.toString("base64");
  };
  const signatures: Record<string, string | null> = {
    none: null,
    empty: "",
    "of another secret": sign(body, "another secret").toString("base64"),
    "of an empty secret": sign(body, "").toString("base64"),
    "of the api key": sign(body, APP.apiKey).toString("base64"),
    "in hex": good.toString("hex"),
    "first half": good.subarray(0, 16).toString("base64"),
    twice: Buffer.concat([good, good]).toString("base64"),
    "first bit": flipped(0),
    "last bit": flipped(31),
    "of another body": sign(`${body} `).toString("base64"),
    "of no body": sign("").toString("base64"),
    sha1: sign(body, APP.apiSecret, "sha1").toString("base64"),
    sha512: sign(body, APP.apiSecret, "sha512").toString("base64"),
    zeros: Buffer.alloc(32).toString("base64"),
    words: "undefined",
  };
  return TOPICS.flatMap((topic) =>
    Object.entries(signatures).map(([what, signature]) => ({
      family: "signatures",
      what: `${topic}: ${what}`,
      request: webhook(shop, body, { topic, headers: { "x-shopify-hmac-sha256": signature } }),
      statuses: [401],
    })),
  );
}

function badBodies(shop: string): Tampered[] {
  const bytes = (text: string) => Buffer.from(text);
  const noJson: Record<string, string | Uint8Array> = {
    nothing: "",
    "half an object": "{",
    "two objects": "{}{}",
    "single quotes": "{'id':1}",
    "a byte order mark": "\u{feff}{}",
    "no UTF-8": Buffer.concat([bytes('{"id":1,"x":"'), Buffer.from([0xc3, 0x28]), bytes('"}')]),
    "UTF-16": Buffer.from('{"id":1}', "utf16le"),
    "a bare NUL": '{"id":"1\u0000"}',
    XML: "<id>1</id>",
    "a form": "id=1",
    "no number": '{"id":NaN}',
  };
  const noIds: unknown[] = [
    ...[
      null,
      [],
      1,
      "x",
      {},
      { id: null },
      { id: {} },
      { id: [] },
      { id: true },
      { id: -1 },
      { id: 1.5 },
      { id: 1e30 },
    ],
    ...[{ id: "" }, { id: "1; drop table orders" }, { id: "9".repeat(20) }, { id: "9223372036854775808" }],
    ...[
      { id: "gid://shopify/Customer/1" },
      { id: "gid://shopify/Order/x" },
      { id: "1\u0000" },
      { id: "x".repeat(5000) },
    ],
  ].map((value) =>
    typeof value === "object" && value !== null && "id" in value
      ? { id: value.id, order_id: value.id, customer: { id: typeof value.id === "number" ? null : {} } }
      : value,
  );
  const unreadable = TOPICS.flatMap((topic) => Object.entries(noJson).map(([what, body]) => ({ topic, what, body })));
  const pointless = [...ORDER_TOPICS, ...PRODUCT_TOPICS, ...CUSTOMER_TOPICS].flatMap((topic) =>
    noIds.map((value) => ({ topic, what: JSON.stringify(value).slice(0, 60), body: JSON.stringify(value) })),
  );
  return [...unreadable, ...pointless].map(({ topic, what, body }) => ({
    family: "bodies",
    what: `${topic}: ${what}`,
    request: webhook(shop, body, { topic }),
    statuses: [400],
  }));
}

function badHeaders(shop: string): Tampered[] {
  const body = JSON.stringify({ id: 1 });
  const day = 86_400_000;
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  const values: Record<string, readonly (string | null)[]> = {
    "x-shopify-topic": [
      null,
      "",
      "orders",
      "orders/",
      "/create",
      "orders/create/x",
      "orders/../x",
      "o r/d",
      "__proto__",
    ],
    "x-shopify-webhook-id": [null, "", " ", "x".repeat(101), "a b", "'; DROP TABLE shops;--", "../x", "a,b", "{}"],
    "x-shopify-event-id": ["x".repeat(101), "a b", "';--", "../x"],
    "x-shopify-triggered-at": [
      "",
      "yesterday",
      "0",
      at(-3 * day),
      at(-30 * day),
      at(day),
      "9999-99-99T99:99:99Z",
      "NaN",
    ],
  };
  const wrong = Object.entries(values).flatMap(([name, list]) => list.map((value) => ({ name, value })));
  return ["orders/updated", "app/uninstalled", "shop/redact"].flatMap((topic) =>
    wrong.map(({ name, value }) => ({
      family: "headers",
      what: `${topic}: ${name} ${value}`,
      request: webhook(shop, body, { topic, headers: { [name]: value } }),
      statuses: [400],
    })),
  );
}

function tooLarge(shop: string): Tampered[] {
  const form = { "content-type": "application/x-www-form-urlencoded", "user-agent": BROWSER };
  const pages = ["/", "/auth/login", "/app", "/app/settings"].map((path) => ({
    what: path,
    request: { method: "POST", path, headers: form, body: `shop=${"x".repeat(300_000)}` },
  }));
  // The size is looked at before it comes: none of it is sent.
  const promised = ["/", "/auth/login", "/webhooks"].map((path) => ({
    what: `150 MB to ${path}`,
    request: { method: "POST", path, headers: { ...form, "content-length": 150_000_000 } },
  }));
  const webhooks = ["orders/updated", "shop/redact"].map((topic) => ({
    what: topic,
    request: webhook(shop, JSON.stringify({ id: 1, note: "x".repeat(2_200_000) }), { topic }),
  }));
  return [...pages, ...webhooks, ...promised].map((made) => ({ family: "sizes", statuses: [413], ...made }));
}

function badProxyRequests(shop: string): Tampered[] {
  const names = ["shop", "path_prefix", "timestamp", "logged_in_customer_id", "signature"];
  const changed = names.flatMap((name) =>
    ["", "7", "x.myshopify.com", "0".repeat(64)].map((value) => ({
      what: `${name} made "${value}"`,
      path: signedProxyPath(shop, {
        after: { [name]: name === "logged_in_customer_id" && value === "" ? "8" : value },
      }),
    })),
  );
  const removed = names.map((name) => ({
    what: `without ${name}`,
    path: `/proxy/x?${without(new URLSearchParams(signedProxyPath(shop).split("?")[1]), name)}`,
  }));
  const doubled = names.map((name) => ({
    what: `${name} twice`,
    path: `${signedProxyPath(shop)}&${name}=${name === "shop" ? shop : "1"}`,
  }));
  const added = [
    "_data=routes/x",
    "index=",
    "x",
    "__proto__=1",
    "signature[]=1",
    "hmac=1",
    "logged_in_customer_id[]=7",
  ];
  const shops = STRANGE_SHOPS.map((strange) => ({ what: `signed for ${strange}`, path: signedProxyPath(strange) }));
  const now = Math.floor(Date.now() / 1000);
  const times = [now - 301, now - 86_400, now + 400, 0, -1, "", "now", `${now}.5`, `${now}e0`, "1e10", " ", "0x6"].map(
    (timestamp) => ({
      what: `signed at ${timestamp}`,
      path: signedProxyPath(shop, { params: { timestamp: String(timestamp) } }),
    }),
  );
  const secrets = ["", "guessed", APP.apiKey].map((secret) => ({
    what: `signed with "${secret}"`,
    path: signedProxyPath(shop, { secret }),
  }));
  return [
    ...[...changed, ...removed, ...doubled, ...shops, ...times, ...secrets],
    ...added.map((parameter) => ({ what: `with ${parameter}`, path: `${signedProxyPath(shop)}&${parameter}` })),
  ].map(({ what, path }) => ({ family: "proxy", what, request: { path }, statuses: [400, 401] }));
}

function without(query: URLSearchParams, name: string): string {
  query.delete(name);
  return query.toString();
}

function badTokens(shop: string): Tampered[] {
  const seconds = Math.floor(Date.now() / 1000);
  const token = (claims: Partial<Record<keyof SessionTokenClaims, unknown>>, secret: string = APP.apiSecret) =>
    makeSessionToken({ ...APP, apiSecret: secret }, shop, Date.now(), claims as Partial<SessionTokenClaims>);
  const good = token({});
  const [head, payload, signature] = good.split(".") as [string, string, string];
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { ...(JSON.parse(Buffer.from(payload, "base64url").toString()) as SessionTokenClaims) };
  const impossible: Record<string, string> = {
    "without exp": token({ exp: undefined }),
    "exp of text": token({ exp: "tomorrow" }),
    "exp of null": token({ exp: null }),
    "without dest": token({ dest: undefined }),
    "words for a token": "nonsense",
    "two parts": `${head}.${payload}`,
    "four parts": `${good}.x`,
    "a payload of no JSON": `${head}.e30x.${signature}`,
    "a payload of a list": `${head}.${encode([])}.${signature}`,
    ...Object.fromEntries(
      STRANGE_SHOPS.map((strange) => [`dest ${strange}`, token({ dest: `https://${strange}` })] as const),
    ),
    "dest without https": token({ dest: `http://${shop}` }),
    "dest with a path": token({ dest: `https://${shop}/x` }),
    "dest of JavaScript": token({ dest: "javascript:alert(1)" }),
  };
  const refused: Record<string, string> = {
    stale: token({ exp: seconds - 300, nbf: seconds - 400, iat: seconds - 400 }),
    "not valid yet": token({ nbf: seconds + 300, exp: seconds + 400 }),
    "of another app": token({ aud: "another-app" }),
    "of another secret": token({}, "not-the-secret"),
    "of an empty secret": token({}, " "),
    "alg none": `${encode({ alg: "none", typ: "JWT" })}.${payload}.`,
    "alg none, signed": `${encode({ alg: "none", typ: "JWT" })}.${payload}.${signature}`,
    "alg RS256": `${encode({ alg: "RS256", typ: "JWT" })}.${payload}.${signature}`,
    "another shop put in": `${head}.${encode({ ...claims, dest: "https://thief.myshopify.com" })}.${signature}`,
    "a longer life put in": `${head}.${encode({ ...claims, exp: seconds + 86_400 })}.${signature}`,
    "without a signature": `${head}.${payload}.`,
    "a signature of another token": `${head}.${payload}.${token({ sub: "43" }).split(".")[2]}`,
  };
  const bearer = (path: string, value: string, method = "GET"): Asked => ({
    method,
    path,
    headers: { authorization: `Bearer ${value}`, "user-agent": BROWSER },
    ...(method === "POST" ? { body: "" } : {}),
  });
  const address = (path: string, value: string): Asked => ({
    path: `${path}?${new URLSearchParams({ shop, embedded: "1", host: hostOf(shop), id_token: value }).toString()}`,
    headers: { "user-agent": BROWSER },
  });
  const made = (what: string, request: Asked, ...more: number[]): Tampered => {
    return { family: "tokens", what, request, statuses: [401, ...more] };
  };
  return [
    ...PAGES.flatMap((path) =>
      Object.entries({ ...impossible, ...refused }).map(([what, value]) =>
        made(`${path}: ${what}`, bearer(path, value)),
      ),
    ),
    ...PAGES.flatMap((path) =>
      // Pages without a form take none, whoever sends it.
      Object.entries(refused).map(([what, value]) => made(`POST ${path}: ${what}`, bearer(path, value, "POST"), 405)),
    ),
    ...["/app", "/auth/callback"].flatMap((path) =>
      Object.entries(impossible).map(([what, value]) => made(`id_token, ${path}: ${what}`, address(path, value))),
    ),
    ...["Basic dXNlcjpwYXNz", "Bearer", "Bearer a b", `bearer ${good}`, `Token ${good}`, ""].map((authorization) =>
      made(`Authorization: ${authorization.slice(0, 12)}`, {
        path: "/app",
        headers: { authorization, "user-agent": BROWSER },
      }),
    ),
    ...PAGES.map((path) =>
      made(`POST ${path} without a token`, { method: "POST", path, headers: { "user-agent": BROWSER }, body: "a=1" }),
    ),
  ];
}

const hostOf = (shop: string) => Buffer.from(`${shop}/admin`).toString("base64");

function strangeShops(shop: string): Tampered[] {
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

function badRedirects(shop: string): Tampered[] {
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

function badAddresses(): Tampered[] {
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

/** Bytes that are no proper HTTP, and with which statuses they may be refused. A null stands for an ended connection. */
export function brokenHttp(): { what: string; bytes: string; statuses: readonly (number | null)[] }[] {
  const head = (first: string, ...lines: string[]) => `${[first, ...lines].join("\r\n")}\r\n\r\n`;
  const host = "Host: app.tsuide.test";
  const post = "POST /webhooks HTTP/1.1";
  const get = "GET /health HTTP/1.1";
  const cases: [string, string, (number | null)[]?][] = [
    ["no HTTP", "hello\r\n\r\n"],
    ["TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ["no version", head("GET /health", host)],
    ["version 9.9", head("GET /health HTTP/9.9", host), [400, 505]],
    ["a version of words", head("GET /health HTTP/x", host)],
    ["an unknown method", head("STEAL /health HTTP/1.1", host)],
    ["a method in small letters", head("get /health HTTP/1.1", host)],
    ["a space in the address", head("GET /he alth HTTP/1.1", host)],
    ["no host", head(get)],
    ["two hosts", head(get, host, "Host: evil.com"), [400]],
    ["a host with a path", head(get, "Host: evil.com/x")],
    ["a host with a space", head(get, "Host: evil .com")],
    ["a negative length", head(post, host, "Content-Length: -1")],
    ["a length of words", head(post, host, "Content-Length: much")],
    ["a length in hex", head(post, host, "Content-Length: 0x10")],
    ["two lengths", head(post, host, "Content-Length: 1", "Content-Length: 2") + "{}"],
    ["a length too great for a number", head(post, host, `Content-Length: ${"9".repeat(30)}`)],
    ["length and chunks", head(post, host, "Content-Length: 2", "Transfer-Encoding: chunked") + "0\r\n\r\n"],
    ["an unknown transfer encoding", head(post, host, "Transfer-Encoding: cow"), [400, 501]],
    ["chunks twice", head(post, host, "Transfer-Encoding: chunked, chunked"), [400]],
    ["a chunk of no size", head(post, host, "Transfer-Encoding: chunked") + "zz\r\n{}\r\n0\r\n\r\n"],
    ["a chunk longer than its size", head(post, host, "Transfer-Encoding: chunked") + "1\r\n{}{}\r\n0\r\n\r\n"],
    ["a header without a name", head(get, host, ": x")],
    ["a header without a colon", head(get, host, "nothing")],
    ["a space before a colon", head(get, host, "X-A : x")],
    ["a folded header", head(get, host, "X-A: x", " y")],
    ["a NUL in a header", head(get, host, "X-A: x\0y")],
    ["a bare line feed in a header", head(get, host, "X-A: x\ny")],
    ["20 kB of headers", head(get, host, `X-A: ${"x".repeat(20_000)}`), [431]],
    ["2,000 headers", head(get, host, ...Array.from({ length: 2_000 }, (_, n) => `X-${n}: abcdefgh`)), [431]],
    ["20 kB of address", head(`GET /${"x".repeat(20_000)} HTTP/1.1`, host), [431, 414]],
    ["an address without a slash", head("GET health HTTP/1.1", host)],
    ["a backslash", head("GET /\\evil.com HTTP/1.1", host)],
    ["a scheme of files", head("GET file:///etc/passwd HTTP/1.1", host)],
    ["CONNECT", head("CONNECT evil.com:443 HTTP/1.1", host), [400, 405, null]],
    ["HTTP/2 without having been asked", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ];
  return cases.map(([what, bytes, statuses = [400]]) => ({ what, bytes, statuses }));
}

/** A client's own address, so that no two requests share a rate limit. */
export function fromItsOwnAddress({ request }: Tampered): Asked {
  const address = randomUUID().replaceAll("-", "").match(/.{4}/g)!.join(":");
  return { ...request, headers: { ...request.headers, "x-forwarded-for": address } };
}
