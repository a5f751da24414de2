/**
 * `node --import ./test/dev-store/http/allow-framing.ts`: the app says that only Shopify may frame it and preloads App Bridge
 * from Shopify's CDN; both are put right for the dev store at `DEV_STORE_URL` on the way out, so that the app runs
 * unchanged.
 */
import { ServerResponse } from "node:http";

const devStore = process.env.DEV_STORE_URL;

if (devStore) {
  const { origin } = new URL(devStore);
  const writeHead = ServerResponse.prototype.writeHead as (this: ServerResponse, ...args: unknown[]) => ServerResponse;
  const allow = (policy: unknown) =>
    String(policy).replace(/frame-ancestors\s+([^;]*)/, `frame-ancestors $1 ${origin}`);
  ServerResponse.prototype.writeHead = function (this: ServerResponse, ...args: unknown[]) {
    const given = args.at(-1);
    const headers = typeof given === "object" && given !== null ? (given as Record<string, unknown>) : {};
    for (const name of Object.keys(headers)) {
      if (name.toLowerCase() === "content-security-policy") headers[name] = allow(headers[name]);
      if (name.toLowerCase() === "link") delete headers[name];
    }
    const policy = this.getHeader("content-security-policy");
    if (policy !== undefined) this.setHeader("content-security-policy", allow(policy));
    this.removeHeader("link");
    return writeHead.apply(this, args);
  } as typeof ServerResponse.prototype.writeHead;
}
