import packageFile from "../../../package.json" with { type: "json" };
import { readDatabaseHealth } from "../../persistence/database/health.ts";
import type { FlowContext } from "../context.ts";

export interface Health {
  readonly status: "ok" | "down";
  readonly version: string;
  readonly database: "ok" | "not-migrated" | "unreachable";
  readonly queue: "ok" | "missing";
}

/** Whether this process can do its work. */
export async function readHealth(context: FlowContext): Promise<Health> {
  const { reachable, migrated, queue } = await readDatabaseHealth(context.database);
  return {
    status: reachable && migrated && queue ? "ok" : "down",
    version: packageFile.version,
    database: !reachable ? "unreachable" : migrated ? "ok" : "not-migrated",
    queue: queue ? "ok" : "missing",
  };
}
