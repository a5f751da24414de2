import { createHmac } from "node:crypto";
import { APP } from "../../fixtures/wired-app.ts";
import { BROWSER, type Tampered, webhook } from "./tampered-request.ts";

const ORDER_TOPICS = ["orders/create", "orders/updated", "orders/cancelled", "orders/delete", "refunds/create"];
const PRODUCT_TOPICS = ["products/create", "products/update", "products/delete"];
const BARE_TOPICS = ["app/uninstalled", "app/scopes_update", "bulk_operations/finish", "shop/redact", "shop/update"];
const CUSTOMER_TOPICS = ["customers/data_request", "customers/redact"];
const TOPICS = [...ORDER_TOPICS, ...PRODUCT_TOPICS, ...BARE_TOPICS, ...CUSTOMER_TOPICS];

export function badSignatures(shop: string): Tampered[] {
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

export function badBodies(shop: string): Tampered[] {
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

export function badHeaders(shop: string): Tampered[] {
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

export function tooLarge(shop: string): Tampered[] {
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
