import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { openClickHouse } from "../../app/persistence/events/clickhouse.ts";
import { installEngine } from "./install.ts";

/** A server for tests. */
export interface ClickHouseServer {
  /** Makes an empty database and gives its address. */
  makeDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts ClickHouse, or says why there is none. `CLICKHOUSE_TEST_URL` names a server to use in place of the library. */
export async function startClickHouse(): Promise<ClickHouseServer | { readonly missing: string }> {
  const given = process.env.CLICKHOUSE_TEST_URL;
  if (given !== undefined) return { makeDatabase: () => makeDatabase(given), stop: async () => {} };
  const engine = installEngine();
  if ("missing" in engine) return engine;
  const child = spawn(process.execPath, [join(import.meta.dirname, "engine-child.ts"), engine.folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const [port] = (await Promise.race([once(child.stdout, "data"), ended.then(() => ["none"])])) as [Buffer];
  if (!/^\d+\n$/.test(String(port))) return { missing: "the engine did not start" };
  return {
    makeDatabase: () => makeDatabase(`http://127.0.0.1:${String(port).trim()}`),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

async function makeDatabase(server: string): Promise<string> {
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  const clickhouse = openClickHouse(server, 1);
  await clickhouse.command(`CREATE DATABASE ${name}`);
  await clickhouse.close();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
