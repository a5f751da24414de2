import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { defineConfig } from "prisma/config";

type Connection = Awaited<ReturnType<PrismaPg["connect"]>>;
interface RawResult {
  fields?: { dataTypeID: number }[];
}

const NAME = 19;
const CHAR = 18;
const TEXT = 25;
const NAME_ARRAY = 1003;
const TEXT_ARRAY = 1009;

/**
 * Two things that the migration engine needs and adapter-pg lacks: catalogue columns of types that it cannot read are
 * presented as text, and a script is sent whole, because it cuts scripts at every semicolon, function bodies too.
 */
function readable(connection: Connection): Connection {
  const client = (connection as unknown as { client: { query(...args: unknown[]): Promise<RawResult | RawResult[]> } })
    .client;
  const query = client.query.bind(client);
  client.query = async (...args) => {
    const answer = await query(...args);
    for (const result of Array.isArray(answer) ? answer : [answer]) {
      for (const field of result?.fields ?? []) {
        if (field.dataTypeID === NAME || field.dataTypeID === CHAR) field.dataTypeID = TEXT;
        if (field.dataTypeID === NAME_ARRAY) field.dataTypeID = TEXT_ARRAY;
      }
    }
    return answer;
  };
  connection.executeScript = async (script) => void (await query(script));
  return connection;
}

/** Of the migration engine's lock and of adapter-pg's idle connections alike. */
const ENGINE_TIMEOUT_MS = 10_000;

/** Lets a command end when its work is done: the timers of these two would keep it running for another ten seconds. */
function endWhenDone(): void {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = Object.assign((...args: Parameters<typeof setTimeout>) => {
    const timer = setTimeout(...args);
    return args[1] === ENGINE_TIMEOUT_MS ? timer.unref() : timer;
  }, setTimeout);
}

export default defineConfig({
  experimental: { adapter: true },
  engine: "js",
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  async adapter() {
    // Generating the client asks for an adapter and never connects with it.
    const url = process.env.DATABASE_URL ?? "postgresql://localhost/database-url-is-not-set";
    endWhenDone();
    const main = new PrismaPg({ connectionString: url, allowExitOnIdle: true });
    return {
      provider: main.provider,
      adapterName: main.adapterName,
      connect: async () => readable(await main.connect()),
      async connectToShadowDb() {
        const admin = await main.connect();
        const database = `tsuide_shadow_${randomUUID()}`;
        await admin.executeScript(`CREATE DATABASE "${database}"`);
        const shadowUrl = new URL(url);
        shadowUrl.pathname = `/${database}`;
        const shadow = readable(
          await new PrismaPg({ connectionString: shadowUrl.href, allowExitOnIdle: true }).connect(),
        );
        const dispose = shadow.dispose.bind(shadow);
        shadow.dispose = async () => {
          await dispose();
          await admin.executeScript(`DROP DATABASE "${database}" WITH (FORCE)`);
          await admin.dispose();
        };
        return shadow;
      },
    };
  },
});
