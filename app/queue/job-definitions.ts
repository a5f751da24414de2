import { z } from "zod";
import { gid } from "../domain/ids.ts";

/** One kind of background job. Whatever fails is tried again with growing pauses, 12 times in about 16 hours. */
interface JobDefinition<Payload extends z.ZodObject> {
  /** What a job is about beyond its shop: stored as JSON, and parsed again by whoever runs it. */
  readonly payload: Payload;
  /**
   * Jobs of one shop and queue run one after the other, those of several queues side by side. Null: the shop's own
   * queue. What takes long, or what much waits for, has its own: orders are taken in while lists are learnt.
   */
  readonly queue: string | null;
  /** While a job waits, another one of the same shop and key takes its place. Null: every one is run. */
  readonly key: string | ((payload: z.input<Payload>) => string) | null;
  /** How long a job waits for others of its key, unless the caller says otherwise. */
  readonly delaySeconds: number;
  /** Whether a job that takes the place of another one keeps its time, so that a stream of them is never put off. */
  readonly keepsFirstTime: boolean;
  /** Whether it is run for a shop that has uninstalled the app. */
  readonly runsAfterUninstall: boolean;
}

const NOTHING = z.object({});
const order = z.object({ orderId: z.string().transform((id) => gid("Order", id)) });
const product = z.object({ productId: z.string().transform((id) => gid("Product", id)) });
/** When Shopify says that it happened; null where nobody says. */
const triggeredAt = z.iso
  .datetime()
  .nullable()
  .default(null)
  .transform((text) => (text === null ? null : new Date(text)));
const customer = z.object({ customerId: z.string(), orderIds: z.array(z.string()) });

function job<Payload extends z.ZodObject = typeof NOTHING>(
  definition: Pick<JobDefinition<Payload>, "key"> & Partial<JobDefinition<Payload>>,
): JobDefinition<Payload> {
  const payload = NOTHING as z.ZodObject as Payload;
  return { payload, queue: null, delaySeconds: 0, keepsFirstTime: false, runsAfterUninstall: false, ...definition };
}

/** Every job there is. Each may be run twice: a worker can end between its work and its report. */
export const JOBS = {
  "start-import": job({ key: "start-import" }),
  "continue-import": job({ key: "import" }),
  /** Reads the orders again that `changed-orders.ts` lists. */
  "sync-orders": job({ key: "sync-orders", queue: "orders" }),
  "delete-order": job({ payload: order, key: ({ orderId }) => `delete-order/${orderId}`, queue: "orders" }),
  /**
   * What stored orders hold, from scratch. Never beside mining: orders that are held while they are added up would be left
   * out of the baskets, as if somebody changed them.
   */
  "add-up-sales": job({ key: "add-up-sales", queue: "mining" }),
  "attribute-orders": job({ key: "attribute-orders", queue: "attribution" }),
  "sync-product": job({ payload: product, key: ({ productId }) => `sync-product/${productId}`, queue: "products" }),
  // A product that is deleted need not be read first.
  "delete-product": job({ payload: product, key: ({ productId }) => `sync-product/${productId}`, queue: "products" }),
  /** Everything from the stored orders, from scratch: baskets, counts, the choice of the ranking, lists. */
  "mine-associations": job({ key: "mine-associations", queue: "mining" }),
  /** Lists that follow the orders. Orders and their webhooks often come in groups: lists are learnt once from all. */
  "learn-associations": job({ key: "learn-associations", queue: "mining", delaySeconds: 1, keepsFirstTime: true }),
  "find-upgrades": job({ key: "find-upgrades", queue: "upgrades" }),
  /** What the stored orders say about customers. */
  "learn-customers": job({ key: "learn-customers", queue: "customers" }),
  /** What ready-made offers rest on. Upgrades and customers are learnt side by side: it waits for the later of the two. */
  "gather-playbook-evidence": job({ key: "gather-playbook-evidence", queue: "playbooks", delaySeconds: 5 }),
  /** Tries an offer on past orders. */
  "run-backtest": job({
    payload: z.object({ digest: z.string() }),
    key: ({ digest }) => `run-backtest/${digest}`,
    queue: "backtests",
  }),
  /** Looks at the experiments and the holdout. */
  "measure-experiments": job({ key: "measure-experiments", queue: "experiments" }),
  /** Writes down what visitors did before orders. In the shop's own queue: a redaction is never in between. */
  "gather-visits": job({ key: "gather-visits" }),
  "publish-offers": job({ key: "publish-offers", queue: "publishing", delaySeconds: 2, keepsFirstTime: true }),
  /** Publishes when the next offer begins or ends; apart from "publish-offers", which no schedule may put off. */
  "publish-on-schedule": job({ key: "publish-on-schedule", queue: "publishing" }),
  /** Publishes what customers' histories add, or takes it back. */
  "publish-customers": job({ key: "publish-customers", queue: "customers-publishing" }),
  /** Has Shopify make the product of a bundle, and keeps it as its offer says. */
  "look-after-bundle": job({
    payload: z.object({ offerNumber: z.number().int() }),
    key: ({ offerNumber }) => `look-after-bundle/${offerNumber}`,
    queue: "bundles",
  }),
  /** Gives and takes back the store credit that is due. One after the other: each reads what the one before has done. */
  "settle-store-credits": job({ key: "settle-store-credits", queue: "store-credit" }),
  /** Finds suggestions that are new. What was learnt is stored as suggestions when it is published: it waits for that. */
  "announce-suggestions": job({ key: "announce-suggestions", queue: "announcing", delaySeconds: 600 }),
  /** Finds customers whose usual interval has passed. */
  "announce-due-customers": job({ key: "announce-due-customers", queue: "announcing" }),
  /** Starts workflows in Shopify Flow. */
  "send-flow-trigger": job({
    payload: z.object({ key: z.string() }),
    key: ({ key }) => `send-flow-trigger/${key}`,
    queue: "flow-triggers",
  }),
  "refresh-shop": job({ key: "refresh-shop" }),
  /** Has Shopify run the web pixel in the shop. */
  "activate-pixel": job({ key: "activate-pixel" }),
  /** `bulkOperationId`: the bulk operation that reads the catalogue; null to start one. */
  "refresh-catalogue": job({
    payload: z.object({ bulkOperationId: z.string().nullable() }),
    key: "refresh-catalogue",
  }),
  reconcile: job({ key: "reconcile" }),
  /** Looks for offers that customers dislike or send back. */
  "judge-offers": job({ key: "judge-offers", queue: "watching" }),
  /** Looks for what used to work and does not any more. */
  "watch-shop": job({ key: "watch-shop", queue: "watching" }),
  "uninstall-shop": job({ payload: z.object({ triggeredAt }), key: "uninstall", runsAfterUninstall: true }),
  "redact-shop": job({ payload: z.object({ triggeredAt }), key: "redact-shop", runsAfterUninstall: true }),
  "redact-customer": job({ payload: customer.extend({ triggeredAt }), key: null, runsAfterUninstall: true }),
  "export-customer-data": job({
    payload: customer.extend({ requestId: z.string().nullable().default(null) }),
    key: null,
    runsAfterUninstall: true,
  }),
} as const;

export type JobName = keyof typeof JOBS;

/** What a job of this name is enqueued with. */
export type JobPayload<Name extends JobName> = z.input<(typeof JOBS)[Name]["payload"]>;

/** The same, as the worker has parsed it. */
export type ParsedJobPayload<Name extends JobName> = z.output<(typeof JOBS)[Name]["payload"]>;

export const JOB_NAMES = Object.keys(JOBS) as JobName[];

/** The task that adds every shop's nightly jobs. It is about no shop, so it is none of {@link JOBS}. */
export const NIGHTLY_TASK = "schedule-nightly-work";

/** The task that has every shop looked at. */
export const WATCH_TASK = "schedule-watching";

/**
 * The task that moves shoppers' events. It is about all shops, and each run enqueues the next one. The crontab starts it,
 * and starts it again where one failed.
 */
export const EVENTS_TASK = "move-events";

/** When the next run follows, in seconds: totals stay less than a minute behind. */
export const NEXT_MOVE_SECONDS = { afterEvents: 5, afterNone: 15 } as const;

/**
 * Nightly work at half past three, UTC: what was missed while no worker ran is made up for within a day. Shops are looked at
 * every six hours: a theme that was changed in the morning is noticed the same day.
 */
export const CRONTAB = `30 3 * * * ${NIGHTLY_TASK} ?fill=1d&jobKey=${NIGHTLY_TASK}
15 1,7,13,19 * * * ${WATCH_TASK} ?jobKey=${WATCH_TASK}
* * * * * ${EVENTS_TASK} ?jobKey=${EVENTS_TASK}&jobKeyMode=preserve_run_at&max=1`;
