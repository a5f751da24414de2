import { afterEach, expect, test, vi } from "vitest";
import { areScopesGranted, requestScopes } from "./app-bridge.ts";

afterEach(() => vi.unstubAllGlobals());

const answering = (request: () => Promise<unknown>) => vi.stubGlobal("shopify", { scopes: { request } });

test("asks the merchant for a scope, and tells what they answered", async () => {
  const request = vi.fn().mockResolvedValue({ result: "granted-all" });
  answering(request);
  expect(await requestScopes("write_customers")).toBe("granted");
  expect(request).toHaveBeenCalledWith(["write_customers"]);
  answering(async () => ({ result: "declined-all" }));
  expect(await requestScopes("write_customers")).toBe("declined");
});

test("does not know where App Bridge is not there, or fails", async () => {
  expect(await requestScopes("write_customers")).toBe("unknown");
  answering(() => Promise.reject(new Error("closed")));
  expect(await requestScopes("write_customers")).toBe("unknown");
});

test("knows which scopes the merchant has granted, where the admin says so", async () => {
  expect(await areScopesGranted("a")).toBe("unknown");
  vi.stubGlobal("shopify", { scopes: { query: async () => ({ granted: ["a", "b"] }) } });
  expect(await areScopesGranted("a", "b")).toBe(true);
  expect(await areScopesGranted("a", "c")).toBe(false);
  vi.stubGlobal("shopify", { scopes: { query: () => Promise.reject(new Error("closed")) } });
  expect(await areScopesGranted("a")).toBe("unknown");
});
