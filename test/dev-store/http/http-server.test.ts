import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { httpServer } from "./http-server.ts";
import { buildStore } from "../test-store.ts";

const { store, shop } = buildStore({
  storefront: async (request) => {
    if (new URL(request.url).pathname !== "/cart") return null;
    const headers = new Headers([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
    return new Response(await request.text(), { status: 201, headers });
  },
});
const server = httpServer(store);
let origin: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await store.close();
});

test("requests and responses go through unchanged, cookies one by one", async () => {
  const response = await fetch(`${origin}/cart`, { method: "POST", body: "items" });
  expect(response.status).toBe(201);
  expect(await response.text()).toBe("items");
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect((await fetch(`${origin}/__images/11.svg`, { method: "HEAD" })).headers.get("content-type")).toBe(
    "image/svg+xml",
  );
});

test("a program started with the redirect talks to the dev store when it means Shopify, and to nobody else's host", async () => {
  const folder = mkdtempSync(join(tmpdir(), "redirect-"));
  const script = join(folder, "ask.mjs");
  const token = store.tokens.issueForTest(shop);
  writeFileSync(
    script,
    `const init = { method: "POST", headers: { "x-shopify-access-token": "${token}" }, body: JSON.stringify({ query: "{ shop { name } }" }) };
     const address = "https://${shop.domain}/admin/api/2026-07/graphql.json";
     const answers = [await fetch(address, init), await fetch(new Request(address, init))];
     const names = await Promise.all(answers.map(async (answer) => (await answer.json()).data.shop.name));
     const plain = await fetch("${origin}/cart", { method: "POST", body: "direct" });
     console.log(JSON.stringify([...names, await plain.text()]));`,
  );
  const redirect = join(import.meta.dirname, "redirect.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", redirect, script], {
    env: { ...process.env, DEV_STORE_URL: origin, NODE_OPTIONS: "" },
  });
  rmSync(folder, { recursive: true });
  expect(JSON.parse(stdout)).toEqual(["Small", "Small", "direct"]);
  expect(store.log.filter(({ host }) => host === shop.domain)).toHaveLength(2);
});
