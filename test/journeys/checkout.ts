import type { DevOrder } from "../dev-store/shop/state.ts";
import { eventually } from "./eventually.ts";
import { type CartJson, readCart } from "./shop-floor.ts";
import type { Story, Visitor } from "./story.ts";

export interface Purchase {
  cartBeforePaying: CartJson;
  /** The order as Shopify keeps it. */
  order(story: Story): Promise<DevOrder>;
}

/** Goes from the cart through checkout and pays; on the way, adds what the checkout extension offers first. */
export async function checkOut(
  { page }: Visitor,
  { addFromExtension }: { addFromExtension: boolean },
): Promise<Purchase> {
  await page.goto(new URL("/cart", page.url()).href);
  await page.locator("button[name=checkout]").click();
  await page.waitForURL(/\/checkout/);
  if (addFromExtension) {
    const lines = page.locator("#summary .line");
    const before = await lines.count();
    const block = page.locator('[data-target="purchase.checkout.block.render"]').frameLocator("iframe");
    await block.locator("s-button").first().click();
    await eventually(
      () => lines.count(),
      (now) => now === before + 1,
    );
  }
  const cartBeforePaying = await readCart(page);
  await page.locator("button[name=pay]").click();
  await page.waitForURL(/\/thank-you\//);
  const name = /#\S+/.exec(await page.locator(".thanks").innerText())?.[0];
  return {
    cartBeforePaying,
    async order(story) {
      const { orders } = (await story.look("orders?limit=10")) as { orders: DevOrder[] };
      const found = orders.find((order) => order.name === name);
      if (!found) throw new Error(`The shop has no order ${name}.`);
      return found;
    },
  };
}
