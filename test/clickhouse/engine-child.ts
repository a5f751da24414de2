/**
 * ClickHouse's engine behind ClickHouse's HTTP interface, as far as `@clickhouse/client` uses it:
 *
 *   node test/clickhouse/engine-child.ts FOLDER-OF-THE-INSTALL
 *
 * The library holds one engine per process and has no server. Statements run one after the other, and results are sent when
 * they are whole. Writes the port to standard output, and ends with its standard input.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { join } from "node:path";

interface Session {
  query(sql: string): string;
  queryBindAsync(sql: string, parameters: object, options: { format: string }): Promise<{ bytes(): Uint8Array }>;
  close(): void;
}

const { Session: EngineSession } = createRequire(join(process.argv[2]!, "package.json"))("chdb") as {
  Session: new () => Session;
};
const session = new EngineSession();
// Tests are many small statements: more threads would only wait for each other.
session.query("SET max_threads = 1");

/** Parts of the request that are neither parameters nor the engine's own settings. */
const OF_HTTP = new Set([
  ...["query", "query_id", "database", "session_id", "default_format", "wait_end_of_query", "enable_http_compression"],
  ...[
    "send_progress_in_http_headers",
    "http_headers_progress_interval_ms",
    "cancel_http_readonly_queries_on_client_close",
  ],
]);

let last: Promise<unknown> = Promise.resolve();

const server = createServer((request, response) => {
  last = last.then(() => answer(request, response)).catch((error: unknown) => refuse(response, error));
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().on("end", () => process.exit(0));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url!, "http://localhost");
  if (url.pathname === "/ping") return void response.end("Ok.\n");
  const fields = new Map(url.searchParams);
  const body = await bodyOf(request, fields);
  const sql = [fields.get("query"), body].filter((part) => part !== undefined && part !== "").join("\n");
  put("database", fields.get("database") ?? "default", (name) => `USE ${quoted(name)}`);
  for (const [name, value] of fields) {
    if (OF_HTTP.has(name) || name.startsWith("param_")) continue;
    put(`setting ${name}`, value, (text) => `SET ${quoted(name)} = '${text.replaceAll("'", "''")}'`);
  }
  const result = await session.queryBindAsync(sql, parametersOf(fields), { format: "TabSeparated" });
  response.writeHead(200, { "x-clickhouse-summary": "{}" }).end(result.bytes());
}

const known = new Map<string, string>();

/** Runs the statement unless the last one of the same subject had the same value: the session keeps them. */
function put(subject: string, value: string, statement: (value: string) => string): void {
  if (known.get(subject) === value) return;
  session.query(statement(value));
  known.set(subject, value);
}

/** Of a body in parts, the parts go among the fields. */
async function bodyOf(request: IncomingMessage, fields: Map<string, string>): Promise<string> {
  const bytes = Buffer.concat(await request.toArray());
  const type = request.headers["content-type"];
  if (type?.startsWith("multipart/form-data") !== true) return bytes.toString();
  const parts = await new Response(bytes, { headers: { "content-type": type } }).formData();
  parts.forEach((value, name) => void fields.set(name, String(value)));
  return "";
}

const UNESCAPED: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", 0: "\0", b: "\b", f: "\f" };

/** ClickHouse reads parameters as escaped text; the library escapes them once more. */
function parametersOf(fields: ReadonlyMap<string, string>): object {
  return Object.fromEntries(
    [...fields].flatMap(([name, value]) =>
      name.startsWith("param_")
        ? [[name.slice("param_".length), value.replace(/\\(.)/gs, (_, mark: string) => UNESCAPED[mark] ?? mark)]]
        : [],
    ),
  );
}

function quoted(name: string): string {
  if (!/^\w+$/.test(name)) throw new Error(`Code: 62. DB::Exception: A strange name: ${name}. (SYNTAX_ERROR)`);
  return `\`${name}\``;
}

/** As the server does: the error's number in a header, its text in the body. */
function refuse(response: ServerResponse, error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  const code = /Code: (\d+)/.exec(text)?.[1] ?? "1001";
  response
    .writeHead(code === "81" || code === "60" ? 404 : 500, { "x-clickhouse-exception-code": code })
    .end(`${text}\n`);
}
