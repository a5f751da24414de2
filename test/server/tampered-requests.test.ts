import { afterAll, beforeAll, expect, test } from "vitest";
import { installShop } from "../../app/flows/shop/install-shop.ts";
import { emptyShop } from "../dev-store/shop/empty-shop.ts";
import { startServerProgram, type ServerProgram } from "../fixtures/server-program.ts";
import { signedProxyPath, signedWebhook } from "../fixtures/signed-requests.ts";
import { APP, wireApp, type WiredApp } from "../fixtures/wired-app.ts";
import { brokenHttp } from "./tampered/broken-http.ts";
import { fromItsOwnAddress } from "./tampered/tampered-request.ts";
import { tamperedRequests } from "./tampered/tampered-requests.ts";

const SHOP = "tampered.myshopify.com";
const AT_ONCE = 16;

let app: WiredApp;
let server: ServerProgram;

beforeAll(async () => {
  app = await wireApp([emptyShop({ domain: SHOP, name: "Tampered", currency: "USD", locale: "en", timezone: "UTC" })]);
  await app.signIn();
  await installShop(app.shop, app.context);
  server = await startServerProgram(app.settings.databaseUrl);
});
afterAll(async () => {
  await server?.stop();
  await app.close();
});

/** Every row that there is, as text, by table. */
async function everything(): Promise<Record<string, string>> {
  const { pool } = app.context.database;
  const { rows } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('public', 'graphile_worker') ORDER BY 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of rows) {
    const text = await pool.query<{ text: string | null }>(`SELECT string_agg(t::text, E'\\n') AS text FROM ${name} t`);
    found[name] = text.rows[0]!.text ?? "";
  }
  return found;
}

const refusals = () =>
  server.lines().filter((line) => {
    const { status = 0 } = JSON.parse(line) as { status?: number };
    return status >= 400;
  });

test("requests that are in order are answered by the same program", async () => {
  const { headers, ...webhook } = signedWebhook(SHOP, JSON.stringify({ id: 77 }), { topic: "orders/updated" });
  const sent = { method: webhook.method!, path: "/webhooks", headers: Object.fromEntries(headers as Headers) };
  expect((await server.ask({ ...sent, body: webhook.body as string })).status).toBe(200);
  expect((await server.ask({ path: signedProxyPath(SHOP) })).status).toBe(200);
  expect((await server.ask({ path: "/" })).status).toBe(200);
});

test("every tampered request is refused as it should be, stores nothing, and leaves one line in the log", async () => {
  const requests = tamperedRequests(SHOP);
  expect(requests.length).toBeGreaterThan(1363);
  const before = await everything();
  const logged = refusals().length;
  const wrong: string[] = [];
  const waiting = requests.values();
  const askSome = async () => {
    for (const tampered of waiting) {
      const { family, what, statuses } = tampered;
      const status = await server.ask(fromItsOwnAddress(tampered)).then(
        (answer) => answer.status,
        (error: Error) => error.message,
      );
      if (!(statuses as unknown[]).includes(status))
        wrong.push(`${family}: ${what}: ${status}, not ${statuses.join()}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askSome));
  expect(wrong).toEqual([]);
  expect(await everything()).toEqual(before);
  expect(refusals().length - logged).toBe(requests.length);
});

test("what is no HTTP is refused and stores nothing", async () => {
  const before = await everything();
  const answers = await Promise.all(
    brokenHttp().map(async ({ what, bytes, statuses }) => ({ what, statuses, status: await server.askRaw(bytes) })),
  );
  expect(answers.filter(({ status, statuses }) => !statuses.includes(status))).toEqual([]);
  expect(await everything()).toEqual(before);
  expect((await server.ask({ path: "/health" })).status).toBe(200);
});

test("no line of the log holds a secret, a token, a signature or a query", () => {
  const lines = server.lines().join("\n");
  expect(lines).not.toContain(APP.apiSecret);
  expect(lines).not.toMatch(/eyJhbGci|signature=|id_token|Bearer|logged_in_customer_id/);
  expect(server.lines().filter((line) => /"path":"[^"]*\?/.test(line))).toEqual([]);
});
