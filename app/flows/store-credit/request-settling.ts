import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { nextCreditAt } from "../../persistence/store-credit/store-credits.ts";
import { enqueue } from "../../queue/enqueue.ts";

/** What is due later waits for the night. */
const SOON_SECONDS = 1_800;

/** Has store credit settled that is due soon; one job waits for all of a shop. */
export async function requestSettling(tx: ShopTransaction, now: Date): Promise<void> {
  const at = await nextCreditAt(tx);
  if (at === null) return;
  const delaySeconds = Math.max(Math.ceil((at.getTime() - now.getTime()) / 1000), 0);
  if (delaySeconds <= SOON_SECONDS) await enqueue(tx, "settle-store-credits", {}, { delaySeconds });
}
