import type { ReplayTotals } from "../../domain/backtest/replay-orders.ts";
import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import type { PublishedEntry } from "../../domain/publishing/entry.ts";
import { withDatabase } from "../../persistence/database/database.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { entriesOf, type WantedEntries } from "./entries-of.ts";
import { type RangesToReplay, replayRanges } from "./replay-ranges.ts";

// What threads do of a backtest, each on a database connection of its own: it keeps a processor busy.

/** Products whose entries threads find, each the next ones that nobody has begun. */
export interface EntriesToFind extends WantedEntries {
  readonly databaseUrl: string;
  readonly shop: ShopDomain;
  /** One number that the threads share: see {@link entriesOf}. */
  readonly begun: Int32Array<SharedArrayBuffer>;
}

export function findEntriesInThread(task: EntriesToFind): Promise<Map<ProductId, PublishedEntry>> {
  return withDatabase(task.databaseUrl, (database) =>
    inShop(database, task.shop, (tx) => entriesOf(tx, task, task.begun)),
  );
}

export function replayInThread(task: RangesToReplay & { readonly databaseUrl: string }): Promise<ReplayTotals> {
  return withDatabase(task.databaseUrl, (database) => replayRanges(database, task));
}
