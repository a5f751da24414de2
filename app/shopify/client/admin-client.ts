import type { ShopDomain } from "../../domain/ids.ts";
import {
  AccessDenied,
  AuthenticationFailed,
  OperationRefused,
  Throttled,
  TransportFailed,
  type AccessProblem,
} from "./errors.ts";
import type { Operation } from "../operations/operation.ts";

export const API_VERSION = "2026-07";

export interface AdminClientOptions {
  readonly fetch: typeof fetch;
  /** The offline token of a shop; throws {@link AuthenticationFailed} where there is none. */
  readonly accessToken: (shop: ShopDomain) => Promise<string>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  /** In [0, 1); spreads retries, so that many workers do not come back at once. */
  readonly random: () => number;
}

interface Cost {
  readonly requestedQueryCost: number;
  readonly throttleStatus: {
    readonly maximumAvailable: number;
    readonly currentlyAvailable: number;
    readonly restoreRate: number;
  };
}

interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[] | string;
  readonly extensions?: { readonly cost?: Cost };
}

const ATTEMPTS = 6;
const TIMEOUT_MS = 30_000;
const BACKOFF_MS = 500;
const LONGEST_WAIT_MS = 20_000;

/**
 * Calls the shops' Admin API (GraphQL). It knows what each operation cost last and what the shop's bucket holds,
 * and waits before it would be throttled; where it is throttled all the same (which arrives on HTTP 200), it waits
 * until the bucket holds enough. Broken connections, 429 and 5xx are tried again with growing pauses; an operation that
 * must happen once only where Shopify surely has not carried it out.
 *
 * Throws {@link Throttled}, {@link TransportFailed}, {@link AuthenticationFailed}, {@link AccessDenied} and
 * {@link OperationRefused}. User errors are part of an operation's data: callers decide what they mean.
 */
export class AdminClient {
  readonly #options: AdminClientOptions;
  readonly #buckets = new Map<ShopDomain, { available: number; restoreRate: number; maximum: number; at: number }>();
  readonly #costs = new Map<string, number>();

  constructor(options: AdminClientOptions) {
    this.#options = options;
  }

  async query<Variables, Data>(
    shop: ShopDomain,
    operation: Operation<Variables, Data>,
    variables: Variables,
  ): Promise<Data> {
    const body = JSON.stringify({ query: operation.document, variables });
    for (let attempt = 1; ; attempt++) {
      await this.#waitForBucket(shop, operation.document);
      const outcome = await this.#attempt(shop, operation.document, body);
      if ("data" in outcome) return outcome.data as Data;
      if (attempt === ATTEMPTS || (operation.once === true && outcome.mayBeDone === true)) throw outcome.error;
      await this.#pause(outcome.waitMs ?? BACKOFF_MS * 2 ** (attempt - 1));
    }
  }

  async #attempt(
    shop: ShopDomain,
    document: string,
    body: string,
  ): Promise<{ data: unknown } | { error: Error; waitMs?: number; mayBeDone?: boolean }> {
    const token = await this.#options.accessToken(shop);
    let response: Response;
    let answer: GraphqlAnswer;
    try {
      response = await this.#options.fetch(`https://${shop}/admin/api/${API_VERSION}/graphql.json`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-shopify-access-token": token },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status === 429 || response.status >= 500) {
        const seconds = Number(response.headers.get("retry-after"));
        await response.body?.cancel();
        const error = new TransportFailed(`Shopify answered ${response.status}`);
        const mayBeDone = response.status !== 429;
        return seconds > 0 ? { error, waitMs: seconds * 1000, mayBeDone } : { error, mayBeDone };
      }
      if (response.status === 401) throw new AuthenticationFailed("Shopify does not know the token");
      const problem = await accessProblem(response);
      if (problem !== null) throw new AccessDenied(problem, `Shopify answered ${response.status}`);
      if (!response.ok) throw new OperationRefused(`Shopify answered ${response.status}`);
      answer = (await response.json()) as GraphqlAnswer;
    } catch (cause) {
      if (cause instanceof AuthenticationFailed || cause instanceof AccessDenied || cause instanceof OperationRefused) {
        throw cause;
      }
      return { error: new TransportFailed("Shopify could not be reached", { cause }), mayBeDone: true };
    }
    return this.#read(shop, document, answer);
  }

  #read(shop: ShopDomain, document: string, answer: GraphqlAnswer) {
    const cost = answer.extensions?.cost;
    if (cost !== undefined) this.#learn(shop, document, cost);
    const errors = typeof answer.errors === "string" ? [{ message: answer.errors }] : (answer.errors ?? []);
    if (errors.length === 0) return { data: answer.data };
    const codes = errors.flatMap((error) => ("extensions" in error ? (error.extensions?.code ?? []) : []));
    if (codes.includes("THROTTLED")) return { error: new Throttled("Shopify throttles"), waitMs: missingMs(cost) };
    if (codes.includes("INTERNAL_SERVER_ERROR")) {
      return { error: new TransportFailed("Shopify failed inside"), mayBeDone: true };
    }
    if (codes.includes("ACCESS_DENIED")) throw new AccessDenied("missing-scope", errors[0]!.message);
    throw new OperationRefused(errors.map((error) => error.message).join("; "), codes);
  }

  #learn(shop: ShopDomain, document: string, cost: Cost): void {
    const { currentlyAvailable, restoreRate, maximumAvailable } = cost.throttleStatus;
    this.#costs.set(document, cost.requestedQueryCost);
    const at = this.#options.now();
    this.#buckets.set(shop, { available: currentlyAvailable, restoreRate, maximum: maximumAvailable, at });
  }

  async #waitForBucket(shop: ShopDomain, document: string): Promise<void> {
    const bucket = this.#buckets.get(shop);
    const cost = this.#costs.get(document);
    if (bucket === undefined || cost === undefined || bucket.restoreRate <= 0) return;
    const elapsed = Math.max(this.#options.now() - bucket.at, 0) / 1000;
    const available = Math.min(bucket.available + elapsed * bucket.restoreRate, bucket.maximum);
    const missing = Math.min(cost, bucket.maximum) - available;
    if (missing > 0) await this.#pause((missing / bucket.restoreRate) * 1000);
  }

  #pause(milliseconds: number): Promise<void> {
    const jitter = 1 + this.#options.random() * 0.25;
    return this.#options.sleep(Math.min(milliseconds * jitter, LONGEST_WAIT_MS));
  }
}

/** How long until the bucket holds what the operation costs. */
function missingMs(cost: Cost | undefined): number {
  if (cost === undefined || cost.throttleStatus.restoreRate <= 0) return BACKOFF_MS * 2;
  const missing = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable;
  return Math.max((missing / cost.throttleStatus.restoreRate) * 1000, 100);
}

const PROBLEMS: Readonly<Record<number, AccessProblem>> = {
  402: "unpaid",
  404: "no-shop",
  423: "frozen",
  430: "rejected",
};
/** How Shopify words a refusal for want of a scope; it comes with the same status as one of our address. */
const ABOUT_SCOPES = /scope|access denied|approval/i;

/** Why a response refuses us, or null where it does not (shopify.dev, "API response status and error codes"). */
async function accessProblem(response: Response): Promise<AccessProblem | null> {
  if (response.status !== 403) return PROBLEMS[response.status] ?? null;
  return ABOUT_SCOPES.test(await response.text()) ? "missing-scope" : "address-not-allowed";
}
