import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { handleStorefront } from "../storefront/handle-storefront.ts";
import { buildContext, buildShop, Shopper } from "../storefront/sample-shop.ts";

function openAdmin() {
  const shop = buildShop();
  const context = buildContext(shop);
  const handle = (request: Request) => handleStorefront(request, context);
  return { shop, context, handle, staff: new Shopper(handle), shopper: new Shopper(handle) };
}

function frameUrl(page: string): URL {
  return new URL(/<iframe id="app-frame"[^>]* src="([^"]+)"/.exec(page)![1]!.replaceAll("&#38;", "&"));
}

test("opens the app embedded, with a session token and a signature over the address", async () => {
  const { staff } = openAdmin();
  expect((await staff.ask("/admin")).headers.get("location")).toBe("/admin/apps/tsuide");
  const url = frameUrl(await (await staff.ask("/admin/apps/tsuide/app/settings?tab=goal")).text());
  expect(url.origin + url.pathname).toBe("http://localhost:4001/app/settings");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    tab: "goal",
    embedded: "1",
    shop: "tsuide-test.myshopify.com",
    locale: "en",
    id_token: "token",
    host: Buffer.from("admin.shopify.com/store/tsuide-test").toString("base64").replace(/=+$/, ""),
  });
  const { hmac, ...signed } = Object.fromEntries(url.searchParams);
  const message = Object.keys(signed)
    .sort()
    .map((key) => `${key}=${signed[key]}`)
    .join("&");
  expect(hmac).toBe(createHmac("sha256", "secret").update(message).digest("hex"));
});

test("uses the language that was chosen, and passes it to the app", async () => {
  const { staff } = openAdmin();
  const switched = await staff.ask("/admin/__locale?to=ja&return=%2Fadmin%2Forders");
  expect(switched.headers.get("location")).toBe("/admin/orders");
  expect(await (await staff.ask("/admin/orders")).text()).toContain("注文管理");
  const page = await (await staff.ask("/admin/apps/tsuide")).text();
  expect(frameUrl(page).searchParams.get("locale")).toBe("ja");
  const away = await staff.ask("/admin/__locale?to=ja&return=https%3A%2F%2Fexample.com");
  expect(away.headers.get("location")).toBe("/admin");
});

test("leaves the Admin API to the other half", async () => {
  const { handle } = openAdmin();
  for (const path of ["/admin/api/2026-07/graphql.json", "/admin/oauth/access_token", "/__control/log", "/__files/x"]) {
    expect(await handle(new Request(`http://localhost:4000${path}`, { method: "POST" }))).toBeNull();
  }
});

test("gives a session token to its own page only", async () => {
  const { staff } = openAdmin();
  const given = await staff.ask("/__id-token", { headers: { "x-requested-with": "admin" } });
  expect(await given.text()).toBe("token");
  expect((await staff.ask("/__id-token")).status).toBe(403);
});

test("tells App Bridge which blocks are in the theme and where the checkout extension runs", async () => {
  const { staff } = openAdmin();
  const extensions =
    await staff.json<{ handle: string; type: string; activations: Record<string, unknown>[] }[]>(
      "/admin/__extensions.json",
    );
  const theme = extensions.find((each) => each.type === "theme_app_extension")!;
  expect(theme.activations).toContainEqual(
    expect.objectContaining({ handle: "bought-together", target: "section", status: "active" }),
  );
  const checkout = extensions.find((each) => each.type === "ui_extension")!;
  expect(checkout.activations).toContainEqual({ target: "purchase.checkout.block.render" });
});

test("lists orders and refunds what a form asks for, no more than is left", async () => {
  const { staff, shopper, shop } = openAdmin();
  await shopper.send("/cart/add.js", { id: 40020, quantity: 3 });
  await shopper.submit("/checkout", { pay: "1" });
  const [order] = [...shop.orders.values()];
  expect(await (await staff.ask("/admin/orders")).text()).toContain("#1001");
  const lineId = order!.lines[0]!.id;
  const refunded = await staff.submit("/admin/orders/refund", { order: order!.id, [`line:${lineId}`]: "99" });
  expect(refunded.headers.get("location")).toContain("note=refunded");
  expect(order!.refunds[0]!.lines).toMatchObject([{ lineId, quantity: 3 }]);
  for (const fields of [{ order: order!.id }, { order: order!.id, [`line:${lineId}`]: "-1" }, { order: "none" }]) {
    const refused = await staff.submit("/admin/orders/refund", fields as Record<string, string>);
    expect(refused.headers.get("location")).toContain("note=failed");
  }
  expect(order!.refunds).toHaveLength(1);
});

test("an order's titles are text, whatever is in them", async () => {
  const { staff, shopper, shop } = openAdmin();
  shop.products.get("8002")!.title = "<img src=x onerror=alert(1)>";
  await shopper.send("/cart/add.js", { id: 40020 });
  await shopper.submit("/checkout", { pay: "1" });
  expect(await (await staff.ask("/admin/orders")).text()).not.toContain("<img src=x");
});

test("links into the theme editor lead to a page that explains itself", async () => {
  const { staff } = openAdmin();
  const page = await staff.ask("/admin/themes/current/editor?template=product&addAppBlockId=key/bought-together");
  expect([page.status, (await page.text()).includes("Theme editor")]).toEqual([200, true]);
});

test("asks for consent again on demand", async () => {
  const { staff } = openAdmin();
  staff.cookies.set("_tracking_consent", "granted");
  await staff.submit("/admin/__consent", {});
  expect(staff.cookies.has("_tracking_consent")).toBe(false);
});

test("a merchant grants what the app declares as optional and takes it back, and nothing else", async () => {
  const { shop, context, handle } = openAdmin();
  context.declaredScopes = { required: ["read_orders"], optional: ["write_customers"] };
  shop.installation.scopes = ["read_orders"];
  const ask = async (change: object, headers: Record<string, string> = { "x-requested-with": "admin" }) =>
    handle(
      new Request("http://localhost:4000/admin/__scopes.json", {
        method: "POST",
        headers,
        body: JSON.stringify(change),
      }),
    );
  const granted = await (await ask({ grant: ["write_customers", "write_orders"] }))!.json();
  expect(granted).toMatchObject({ granted: ["read_orders", "write_customers"], optional: ["write_customers"] });
  expect((await ask({ grant: [] }, {}))!.status).toBe(403);
  await ask({ revoke: ["write_customers", "read_orders"] });
  expect(shop.installation.scopes).toEqual(["read_orders"]);
});
