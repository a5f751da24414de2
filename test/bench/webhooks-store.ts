/**
 * A dev store of its own process for the bench of webhooks: `webhooks-store.ts PORT ORDERS`. Prints one line of JSON once
 * it listens: the shop, a token of it, and the numbers of its orders.
 */
import { createDevStore } from "../dev-store/dev-store.ts";
import { generateShop } from "../dev-store/generator/generate-shop.ts";
import { httpServer } from "../dev-store/http/http-server.ts";

const [port, orders] = process.argv.slice(2).map(Number) as [number, number];
const shop = generateShop({ locale: "en", seed: 7, now: Date.now(), orders });
const store = createDevStore({
  shops: [shop],
  app: {
    apiKey: process.env.SHOPIFY_API_KEY!,
    apiSecret: process.env.SHOPIFY_API_SECRET!,
    url: process.env.SHOPIFY_APP_URL!,
  },
  origin: `http://localhost:${port}`,
  deliver: async () => new Response(null, { status: 200 }),
});
const server = store.shops.get(shop.domain)!;
server.shop.installation.installed = true;
const token = store.tokens.issueForTest(server.shop);
// A shop's own limit of calls is not part of the measure.
setInterval(() => server.bucket.drainTo(2_000), 2);
httpServer(store).listen(port, "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ shop: shop.domain, token, orders: [...shop.orders.keys()] })}\n`);
});
