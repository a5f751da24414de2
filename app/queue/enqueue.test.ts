import { expect, test } from "vitest";
import { gid, shopDomain } from "../domain/ids.ts";
import { jobFor } from "./enqueue.ts";
import { JOBS } from "./job-definitions.ts";

const SHOP = shopDomain("tea.myshopify.com");

test("a job's key names its shop, so that two shops never share a job", () => {
  expect(jobFor(SHOP, "publish-offers")).toEqual({
    ...{ task: "publish-offers", payload: { shop: SHOP }, key: `publish-offers:${SHOP}`, queue: "publishing" },
    ...{ mode: "preserve_run_at", delaySeconds: 2 },
  });
});

test("a job about one product replaces only jobs about the same product", () => {
  const keys = ["7", "8"].map((id) => jobFor(SHOP, "sync-product", { productId: gid("Product", id) }).key);
  expect(new Set(keys).size).toBe(2);
  expect(jobFor(SHOP, "delete-product", { productId: gid("Product", "7") }).key).toBe(keys[0]);
});

test("a job without a key is never replaced, so that no request about a customer is lost", () => {
  const request = { customerId: "3", orderIds: ["1"] };
  expect(jobFor(SHOP, "redact-customer", request).key).toBe(null);
  expect(jobFor(SHOP, "export-customer-data", request).key).toBe(null);
});

test("a caller's delay takes the place of the definition's", () => {
  expect(jobFor(SHOP, "publish-offers", {}, { delaySeconds: 0 }).delaySeconds).toBe(0);
  expect(jobFor(SHOP, "learn-associations", {}, {}).delaySeconds).toBe(1);
});

test("what is stored of a job is parsed back into ids and times", () => {
  const { payload } = jobFor(SHOP, "redact-customer", {
    ...{ customerId: "3", orderIds: [], triggeredAt: "2026-11-20T12:00:00.000Z" },
  });
  const stored: unknown = JSON.parse(JSON.stringify(payload));
  expect(JOBS["redact-customer"].payload.parse(stored).triggeredAt).toEqual(new Date("2026-11-20T12:00:00Z"));
  // As an older version of the app stored it.
  expect(JOBS["uninstall-shop"].payload.parse({ shop: SHOP }).triggeredAt).toBe(null);
  expect(() => JOBS["sync-product"].payload.parse({ productId: "1; drop table orders" })).toThrow();
});
