import type { ShopDomain } from "../../domain/ids.ts";
import type { CreditMove } from "../../persistence/store-credit/credit-moves.ts";
import type { StoredCredit } from "../../persistence/store-credit/store-credits.ts";
import type { FlowContext } from "../context.ts";

/** A credit as it is looked at. */
export interface LookedAt {
  readonly shop: ShopDomain;
  readonly credit: StoredCredit;
  readonly moves: readonly CreditMove[];
  readonly context: FlowContext;
}

/** A move that was noted and is to be carried out. */
export interface NotedMove {
  readonly move: Omit<CreditMove, "isDone" | "transactionId">;
  /** When the credit would be looked at again if nothing were heard of the move. */
  readonly lookAt: Date;
  /** What the order earns as it is now. */
  readonly owed: number;
}

/** What the customer was given and has not had taken back. */
export function heldMinor({ creditedMinor, takenBackMinor }: StoredCredit): number {
  return creditedMinor - takenBackMinor;
}
