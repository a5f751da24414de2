import type { Log } from "../server/log.ts";
import type { Database } from "../persistence/database/database.ts";
import type { EventStore } from "../persistence/events/event-store.ts";
import type { Gateway } from "../shopify/client/gateway.ts";
import type { RunInThread } from "../threads/thread-pool.ts";

/** What every flow works with. Programs make one at their start and pass it on. */
export interface FlowContext {
  readonly database: Database;
  /** What shoppers did with offers. */
  readonly events: EventStore;
  readonly gateway: Gateway;
  readonly log: Log;
  /** Does what would keep this process busy elsewhere. */
  readonly runInThread: RunInThread;
  /** The clock. */
  readonly now: () => Date;
  /** The app's public address. */
  readonly appUrl: string;
  /** Key of everything that is stored as a hash. */
  readonly hashKey: string;
  /** Shopify's number of the member of staff who asks; absent where the app acts by itself. */
  readonly staff?: string | null;
}
