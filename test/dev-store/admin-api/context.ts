import type { DevShop } from "../state.ts";
import type { BulkOperations } from "../bulk.ts";
import type { ShopChanges } from "../changes.ts";

/** What a resolver may use. */
export interface AdminContext {
  shop: DevShop;
  changes: ShopChanges;
  bulk: BulkOperations;
  /** Scopes of the token that asks. */
  scopes: ReadonlySet<string>;
  app: { apiKey: string; name: string; numericId: string; functionHandles: readonly string[] };
  /** Where pictures are reached. */
  origin: string;
  now(): number;
}
