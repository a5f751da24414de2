import type { ShopDomain } from "../../domain/ids.ts";
import { withDatabase } from "../../persistence/database/database.ts";
import { learnLists, type LearningOutcome } from "./learn-lists.ts";
import { recountFromOrders } from "./recount-associations.ts";

/** What the thread that mines a shop is given. */
export interface MiningTask {
  readonly databaseUrl: string;
  readonly shop: ShopDomain;
  /** What the clock says, milliseconds since 1970 UTC. */
  readonly now: number;
  /** Number of the complete run that this is; null where lists alone are to be learnt. */
  readonly run: bigint | null;
}

/** Mines a shop on a database connection of its own. Run in a thread: it keeps a processor busy. */
export function mineShop({ databaseUrl, shop, now: startedAt, run }: MiningTask): Promise<LearningOutcome> {
  // The caller's clock, which goes on from there.
  const began = performance.now();
  const now = () => new Date(startedAt + performance.now() - began);
  return withDatabase(databaseUrl, async (database) => {
    if (run === null) return learnLists(database, shop, { now, complete: null });
    const recount = await recountFromOrders(database, shop, run);
    if (recount === null) return { code: "unknown-shop" };
    return learnLists(database, shop, { now, complete: { id: run, recount } });
  });
}
