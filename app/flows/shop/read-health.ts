import packageFile from "../../../package.json" with { type: "json" };
import { readDatabaseHealth } from "../../persistence/database/health.ts";
import type { FlowContext } from "../context.ts";

const PATIENCE_MS = 3_000;

export interface Health {
  readonly status: "ok" | "down";
  readonly version: string;
  readonly database: "ok" | "not-migrated" | "unreachable";
  readonly queue: "ok" | "missing";
  /** Where shoppers' events are kept. Without it everything else goes on, and browsers send events again. */
  readonly events: "ok" | "unreachable";
}

/** Whether this process can do its work. */
export async function readHealth(context: FlowContext): Promise<Health> {
  const [{ reachable, migrated, queue }, areEventsKept] = await Promise.all([
    readDatabaseHealth(context.database),
    Promise.race([context.events.answers(), noAfter(PATIENCE_MS)]),
  ]);
  return {
    status: reachable && migrated && queue ? "ok" : "down",
    version: packageFile.version,
    database: !reachable ? "unreachable" : migrated ? "ok" : "not-migrated",
    queue: queue ? "ok" : "missing",
    events: areEventsKept ? "ok" : "unreachable",
  };
}

function noAfter(milliseconds: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), milliseconds).unref());
}
