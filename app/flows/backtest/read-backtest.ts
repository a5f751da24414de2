import type { ReplayedExample } from "../../domain/backtest/replay-orders.ts";
import { gid, type ShopDomain } from "../../domain/ids.ts";
import { findBacktest } from "../../persistence/backtest/backtests.ts";
import { readTitles } from "../../persistence/catalogue/product-titles.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readOrderNames } from "../../persistence/orders/find-order.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { BacktestView, ExampleView } from "../../views/backtest-view.ts";
import type { FlowContext } from "../context.ts";

/** How far a backtest is and what came out of it; null where the shop has none of that name. */
export function readBacktest(shop: ShopDomain, digest: string, context: FlowContext): Promise<BacktestView | null> {
  return inShop(context.database, shop, async (tx) => {
    const row = await findBacktest(tx, digest);
    if (row === null) return null;
    const { status, ordersDone, ordersTotal, finishedAt, outcome } = row;
    const known = status === "done" ? outcome : null;
    const { timezone } = await theShop(tx);
    return {
      shop: { domain: shop, timezone },
      ...{ digest, status, ordersDone, ordersTotal, finishedAt: finishedAt?.toISOString() ?? null },
      outcome:
        known?.code === "replayed"
          ? { ...known, given: await exampleViews(tx, known.given), near: await exampleViews(tx, known.near) }
          : known,
    };
  });
}

/** An order that has been deleted since is no example any more. */
async function exampleViews(tx: ShopTransaction, examples: readonly ReplayedExample[]): Promise<ExampleView[]> {
  const names = await readOrderNames(
    tx,
    examples.map(({ id }) => gid("Order", id)),
  );
  const products = examples.flatMap(({ miss }) =>
    miss === null || miss.short === "amount" ? [] : [gid("Product", miss.product)],
  );
  const titles = await readTitles(tx, products);
  return examples.flatMap(({ miss, ...example }): ExampleView[] => {
    const name = names.get(gid("Order", example.id));
    if (name === undefined) return [];
    if (miss === null || miss.short === "amount") return [{ ...example, name, miss }];
    return [{ ...example, name, miss: { short: miss.short, title: titles.get(gid("Product", miss.product)) ?? "" } }];
  });
}
