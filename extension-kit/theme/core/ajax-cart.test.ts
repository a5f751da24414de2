import { afterEach, expect, test, vi } from "vitest";
import { fetchPage, postToCart, readCart } from "./ajax-cart.ts";

vi.stubGlobal("window", {});
const fetched = vi.fn<typeof fetch>(async () => new Response("{}"));
vi.stubGlobal("fetch", fetched);
afterEach(() => fetched.mockClear());

/** The `accept` header of the only request, with its method. */
function asked(): [string, string | null] {
  const [, init] = fetched.mock.calls[0]!;
  return [init!.method ?? "GET", new Headers(init!.headers).get("accept")];
}

test("pages are asked for as pages, since the cart's address may also answer with data", async () => {
  await fetchPage("/cart");
  expect(asked()).toEqual(["GET", "text/html"]);
});

test("the cart is read and changed as data", async () => {
  await readCart();
  expect(asked()).toEqual(["GET", "application/json"]);
  fetched.mockClear();
  await postToCart("update.js", {});
  expect(asked()).toEqual(["POST", "application/json"]);
});
