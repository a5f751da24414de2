import { afterEach, expect, test, vi } from "vitest";
import { fetchPage, postToCart, readCart } from "./ajax-cart.ts";

vi.stubGlobal("window", {});
const fetched = vi.fn<typeof fetch>(async () => new Response("{}"));
vi.stubGlobal("fetch", fetched);
afterEach(() => fetched.mockClear());

/** The only request: its method, and the types of what it accepts and what it sends. */
function asked(): (string | null)[] {
  const [, init] = fetched.mock.calls[0]!;
  const headers = new Headers(init?.headers);
  return [init?.method ?? "GET", headers.get("accept"), headers.get("content-type")];
}

test("pages are asked for as pages, since the cart's address may also answer with data", async () => {
  await fetchPage("/cart");
  expect(asked()).toEqual(["GET", "text/html", null]);
});

test("the cart is read from an address of data alone, and changed as data", async () => {
  await readCart();
  expect(asked()).toEqual(["GET", null, null]);
  fetched.mockClear();
  await postToCart("update.js", {});
  expect(asked()).toEqual(["POST", null, "application/json"]);
});
