import { createResult, createStorage } from "@shopify/ui-extensions-tester/checkout";
import { beforeEach, expect, test, vi } from "vitest";
import { all, extension, openCheckout, render, settle, shopSells, suggestions } from "./open-checkout.ts";
import { node, offer } from "./published.ts";

openCheckout();

const CLAIM = "bt-1-1/checkout";
let publish: ReturnType<typeof vi.fn>;

beforeEach(() => {
  publish = vi.fn().mockResolvedValue(true);
  extension.shopify.analytics = { ...extension.shopify.analytics, publish: publish as never };
  extension.shopify.appMetafields.value = [offer(1, 1000, { 10: 0.5, 11: 0.4 })];
  extension.shopify.applyCartLinesChange = vi.fn().mockResolvedValue(createResult("applyCartLinesChange"));
  shopSells(node(10, "9.99"), node(11, "5.05"));
});

test("an offer is published as shown once, and what is pressed and added as it happens", async () => {
  await render();
  expect(publish.mock.calls).toEqual([["tsuide:shown", { claims: [CLAIM] }]]);
  all("s-button")[0]!.click();
  await settle();
  expect(publish.mock.calls.slice(1)).toEqual([
    ["tsuide:clicked", { claims: [CLAIM] }],
    ["tsuide:added", { claims: [CLAIM] }],
  ]);
});

test("what checkout refuses is not published as added", async () => {
  extension.shopify.applyCartLinesChange = vi.fn().mockRejectedValue(new Error("refused"));
  await render();
  all("s-button")[0]!.click();
  await settle();
  expect(publish.mock.calls.map(([name]) => name)).toEqual(["tsuide:shown", "tsuide:clicked"]);
});

test("a no is published", async () => {
  extension.shopify.storage = createStorage();
  await render();
  all("s-link").at(-1)!.click();
  await settle();
  expect(publish.mock.calls.at(-1)![0]).toBe("tsuide:declined");
});

test("a bus that fails changes nothing for the buyer", async () => {
  publish.mockImplementation(() => {
    throw new Error("no bus");
  });
  await render();
  expect(suggestions().length).toBe(2);
  all("s-button")[0]!.click();
  await settle();
  expect(all("s-button")[0]!.textContent).toBe("added");
});
