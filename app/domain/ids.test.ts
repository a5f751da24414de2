import { expect, test } from "vitest";
import { bareNumber, gid, parseGid, parseShopDomain, shopDomain, storable } from "./ids.ts";

test("turns a bare number into a global id and back", () => {
  const id = gid("Product", 632910392);
  expect(id).toBe("gid://shopify/Product/632910392");
  expect(bareNumber(id)).toBe("632910392");
});

test("keeps numbers beyond what a double holds, when they come as text", () => {
  expect(gid("Order", "9007199254740993")).toBe("gid://shopify/Order/9007199254740993");
});

test("what the database holds are numbers of 63 bits", () => {
  const largest = gid("Product", "9223372036854775807");
  expect(storable(largest)).toBe(largest);
  expect(storable(gid("Product", "9223372036854775808"))).toBeNull();
  expect(storable(null)).toBeNull();
});

test("refuses a global id of another resource", () => {
  expect(parseGid("ProductVariant", "gid://shopify/Product/1")).toBeNull();
  expect(() => gid("ProductVariant", "gid://shopify/Product/1")).toThrow("Not a ProductVariant id");
});

test.each(["", "-1", "1.5", "1e3", "abc", "gid://shopify/Product/", "gid://other/Product/1"])("refuses %j", (text) => {
  expect(parseGid("Product", text)).toBeNull();
});

test("reads a shop domain whatever its case, and nothing that only looks like one", () => {
  expect(parseShopDomain(" Example.myshopify.com ")).toBe("example.myshopify.com");
  expect(parseShopDomain("example.myshopify.com.evil.test")).toBeNull();
  expect(parseShopDomain("evil.test/example.myshopify.com")).toBeNull();
  expect(() => shopDomain("example.com")).toThrow("Not a shop domain");
});
