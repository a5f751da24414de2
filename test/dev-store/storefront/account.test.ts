import { expect, test } from "vitest";
import { smallOrder } from "../../fixtures/small-shop.ts";
import { handleStorefront } from "./handle-storefront.ts";
import { buildContext, buildShop, Shopper } from "./sample-shop.ts";

function openShop() {
  const shop = buildShop();
  for (const [id, customerId, day] of [
    ["1", "901", 1],
    ["2", "901", 2],
    ["3", "902", 3],
  ] as const) {
    shop.orders.set(id, { ...smallOrder(id, ["8001"], Date.UTC(2026, 9, day)), customerId });
  }
  const context = buildContext(shop);
  return new Shopper((request) => handleStorefront(request, context));
}
const choices = async (shopper: Shopper, path = "/account/login") =>
  [...(await (await shopper.ask(path)).text()).matchAll(/name="customer_id" value="(\d+)"/g)].map((match) => match[1]);

test("one logs in as a regular, as somebody who ordered once, or as somebody who never did", async () => {
  const shopper = openShop();
  const [regular, once, never] = await choices(shopper);
  expect([regular, once]).toEqual(["901", "902"]);
  const answer = await shopper.submit("/account/login", { customer_id: regular!, return_to: "/cart" });
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/cart"]);
  expect(await (await shopper.ask("/account")).text()).toContain("2 orders");
  await shopper.submit("/account/login", { customer_id: never! });
  expect(await (await shopper.ask("/account")).text()).toContain("has not ordered yet");
});

test("themes know who is logged in, until they log out", async () => {
  const shopper = openShop();
  expect(await (await shopper.ask("/")).text()).toContain("/account/login?return_to=%2F");
  await shopper.submit("/account/login", { customer_id: "901" });
  expect(await (await shopper.ask("/")).text()).toContain('aria-label="Your account"');
  await shopper.ask("/account/logout");
  expect((await shopper.ask("/account")).headers.get("location")).toBe("/account/login");
});

test("nobody is logged in as what is no number, nor sent to another site", async () => {
  const shopper = openShop();
  expect((await shopper.submit("/account/login", { customer_id: "x" })).status).toBe(422);
  expect((await shopper.submit("/account/login", {})).status).toBe(422);
  const unreadable = { method: "POST", headers: { "content-type": "application/json" }, body: "{" };
  expect((await shopper.ask("/account/login", unreadable)).status).toBe(422);
  const answer = await shopper.submit("/account/login", { customer_id: "901", return_to: "//example.com" });
  expect(answer.headers.get("location")).toBe("/");
});
