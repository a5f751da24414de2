import type { DevProduct, DevShop } from "../shop/state.ts";
import type { BulkOperation } from "../bulk/bulk-operation.ts";
import type { DeclaredTrigger } from "./declared-triggers.ts";
import type { ShopChanges } from "../shop/changes.ts";

/** What resolvers need of `bulk/bulk.ts`, which itself runs queries by the resolvers. */
export interface BulkOperationsOfShop {
  operation(id: string): BulkOperation | null;
  operations(): BulkOperation[];
  run(query: string, groupObjects: boolean, context: AdminContext): object;
  cancel(operation: BulkOperation): object;
  urlOf(operation: BulkOperation): string | null;
  partialUrlOf(operation: BulkOperation): string | null;
}

/** What a resolver may use. */
export interface AdminContext {
  shop: DevShop;
  changes: ShopChanges;
  /** Saves a product that is new or was changed, and sends the webhook for it. */
  saveProduct(product: DevProduct): DevProduct;
  bulk: BulkOperationsOfShop;
  /** Scopes of the token that asks. */
  scopes: ReadonlySet<string>;
  app: {
    apiKey: string;
    name: string;
    numericId: string;
    functionHandles: readonly string[];
    /** Names of the settings of the app's web pixel; null where it has none. */
    pixelSettings: readonly string[] | null;
    flowTriggers: readonly DeclaredTrigger[];
  };
  /** Where pictures are reached. */
  origin: string;
  now(): number;
}
