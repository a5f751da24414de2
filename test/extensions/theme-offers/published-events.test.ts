import { beforeEach, expect, test } from "vitest";
import { publishEveryWidget } from "../../fixtures/every-widget.ts";
import { browse, openShop, settled } from "../../fixtures/open-theme-shop.ts";

const PRODUCT_PAGE = "/products/green-tea";

let opened: ReturnType<typeof openShop>;
beforeEach(() => {
  opened = openShop();
  publishEveryWidget(opened.shop);
});

const openPage = () => browse(opened.shopper, PRODUCT_PAGE);
const claimsOf = ({ bus }: Awaited<ReturnType<typeof openPage>>, name: string) =>
  bus.filter(([published]) => published === name).flatMap(([, claims]) => claims);

test("every offer of a page is published as shown, each once, by what lines added from it claim", async () => {
  const shown = claimsOf(await openPage(), "tsuide:shown");
  expect(new Set(shown).size).toBe(shown.length);
  const offers = new Set(shown.map((claim) => claim.split("-").slice(0, 2).join("-")));
  expect([...offers].sort()).toEqual(["ao-4", "bt-1", "fb-8", "mm-6", "qb-2", "ss-7", "up-3", "xy-5"]);
  expect(shown).toContain("bt-1-8001/product");
  expect(shown.filter((claim) => !/^[a-z]{2}-\d+-\d+\/product$/.test(claim))).toEqual([]);
});

test("an offer is published as seen once it is looked at, once per page view", async () => {
  const page = await openPage();
  expect(claimsOf(page, "tsuide:seen")).toEqual([]);
  const set = page.document.querySelector("tsuide-set")!;
  page.look(set);
  page.look(set);
  expect(claimsOf(page, "tsuide:seen")).toEqual(["bt-1-8001/product"]);
});

test("a press inside a widget is published, and none on the page around it", async () => {
  const page = await openPage();
  page.document.querySelector<HTMLElement>("h1")!.click();
  expect(claimsOf(page, "tsuide:clicked")).toEqual([]);
  page.document.querySelector<HTMLElement>("tsuide-set [data-title]")!.click();
  expect(claimsOf(page, "tsuide:clicked")).toEqual(["bt-1-8001/product"]);
});

test("an addition is published once it succeeded, with the offer that it came from", async () => {
  const page = await openPage();
  page.document.querySelector<HTMLElement>("tsuide-set [data-add]")!.click();
  await settled();
  expect(claimsOf(page, "tsuide:added")).toEqual(["bt-1-8001/product"]);
});

test("an addition that the shop refuses is not published", async () => {
  const refuse = async (path: string) =>
    path.endsWith("/add.js") ? Response.json({ message: "Sold out" }, { status: 422 }) : null;
  const page = await browse(opened.shopper, PRODUCT_PAGE, (path) =>
    path.endsWith("/add.js") ? (refuse(path) as Promise<Response>) : null,
  );
  page.document.querySelector<HTMLElement>("tsuide-set [data-add]")!.click();
  await settled();
  expect(claimsOf(page, "tsuide:added")).toEqual([]);
});

test("add-ons are published as added with the product that they go along with", async () => {
  const page = await openPage();
  page.document.querySelector<HTMLElement>("tsuide-add-on [data-tick]")!.click();
  const body = new page.window.URLSearchParams({
    id: String(opened.shop.products.get("8001")!.variants[0]!.id),
    quantity: "1",
  });
  await page.window.fetch("/cart/add.js", { method: "POST", body: body as never });
  expect(claimsOf(page, "tsuide:added")).toEqual(["ao-4-8001/product"]);
});

test("in the cart a press names the row's offer, and a no is published for all that were shown", async () => {
  await opened.shopper.send("/cart/add.js", { items: [{ id: 40_020, quantity: 8 }] });
  const page = await browse(opened.shopper, "/cart");
  const rows = [...page.document.querySelectorAll<HTMLElement>("tsuide-cart [data-item]")];
  expect(rows.length).toBeGreaterThan(0);
  const claimed = rows.map((row) => row.querySelector<HTMLInputElement>("[name*=_tsuide]")!.value);
  expect(claimsOf(page, "tsuide:shown")).toEqual(expect.arrayContaining([...new Set(claimed)]));
  page.document.querySelector<HTMLElement>("tsuide-cart [data-decline] button")!.click();
  await settled();
  expect(claimsOf(page, "tsuide:declined")).toEqual([...new Set(claimed)]);
});

test("a page without Shopify's analytics, or one whose bus throws, works as before", async () => {
  for (const analytics of [
    undefined,
    {
      publish: () => {
        throw new Error("broken");
      },
    },
  ]) {
    const { shop, shopper } = openShop();
    publishEveryWidget(shop);
    const page = await browse(shopper, PRODUCT_PAGE);
    page.window.Shopify = { analytics };
    page.look(page.document.querySelector("tsuide-set")!);
    page.document.querySelector<HTMLElement>("tsuide-set [data-add]")!.click();
    await settled();
    expect(page.document.querySelector("tsuide-set [data-status]")!.textContent).toContain("Added");
  }
});
