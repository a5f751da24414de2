import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { config, type Config } from "./config.ts";
import type { FlowContext } from "../flows/context.ts";
import { createLog } from "./log.ts";
import { openDatabase } from "../persistence/database/database.ts";
import { findOfflineSession, holdOfflineSession } from "../persistence/shop/sessions.ts";
import { createAccessTokens } from "../shopify/client/access-tokens.ts";
import { AdminClient } from "../shopify/client/admin-client.ts";
import { Gateway } from "../shopify/client/gateway.ts";

/** What a composition takes from outside; everything else follows from the configuration. */
export interface Surroundings {
  readonly fetch: typeof fetch;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
  /** Connections to the database at once. */
  readonly connections: number;
}

const RANDOM_STEPS = 2 ** 32;

const REAL: Surroundings = {
  // Looked up at each call: whoever replaces the global later is heard.
  fetch: (...args) => globalThis.fetch(...args),
  now: () => new Date(),
  sleep: (milliseconds) => sleep(milliseconds),
  random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
  connections: 10,
};

/** Wires database, gateway, log and clock. Opens nothing yet. */
export function compose(settings: Config, surroundings: Partial<Surroundings> = {}): FlowContext {
  const { fetch, now, sleep: pause, random, connections } = { ...REAL, ...surroundings };
  const log = createLog(settings.logLevel);
  const database = openDatabase(settings.databaseUrl, { connections, tokenKeys: settings.tokenKeys });
  const accessToken = createAccessTokens({
    store: {
      find: (shop) => findOfflineSession(database, shop),
      hold: (shop, work) => holdOfflineSession(database, shop, work),
    },
    fetch,
    apiKey: settings.apiKey,
    apiSecret: settings.apiSecret,
    now: () => now().getTime(),
  });
  const client = new AdminClient({ fetch, accessToken, sleep: pause, now: () => now().getTime(), random });
  const gateway = new Gateway(client, { fetch, pseudonymKey: settings.pseudonymKey });
  return { database, gateway, log, now, hashKey: settings.pseudonymKey };
}

// Development servers load modules again and again; the database's connections outlive them.
const kept = globalThis as unknown as { tsuideComposition?: FlowContext };

/** The composition of this process. */
export function composition(): FlowContext {
  return (kept.tsuideComposition ??= compose(config()));
}

/** Puts another composition in the place of this process's: for tests, which bring their own database and clock. */
export function replaceComposition(context: FlowContext | undefined): void {
  kept.tsuideComposition = context;
}
