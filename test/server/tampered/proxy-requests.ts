import { signedProxyPath } from "../../fixtures/signed-requests.ts";
import { APP } from "../../fixtures/wired-app.ts";
import { STRANGE_SHOPS, type Tampered } from "./tampered-request.ts";

export function badProxyRequests(shop: string): Tampered[] {
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
