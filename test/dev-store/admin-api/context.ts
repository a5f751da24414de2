import type { DevShop } from "../shop/state.ts";
import type { BulkOperations } from "../bulk/bulk.ts";
import type { ShopChanges } from "../shop/changes.ts";

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
