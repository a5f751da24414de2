import { randomBytes } from "node:crypto";
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { GraphQLError } from "graphql";
import type { AdminContext, BulkOperationsOfShop } from "../admin-api/context.ts";
import type { BulkOperation } from "./bulk-operation.ts";
import { BulkQueryError, compileBulkQuery, type BulkConnection } from "./bulk-query.ts";
import type { Journal } from "../shop/journal.ts";
import { hashText, seededRandom } from "../shop/random.ts";
import { reportFailure } from "../http/report-failure.ts";

const MAX_CONCURRENT = 5;
const SEVEN_DAYS = 7 * 86_400_000;
/** Parents per turn; a request that arrives meanwhile is answered between turns. */
const PARENTS_PER_TURN = 100;
/** Of the rows at hand, how many are written later than their turn, so that parents and children drift apart. */
const HELD_BACK = 0.15;

export interface BulkOptions {
  shop: string;
  journal: Journal;
  filesOrigin: string;
  /** Where the files are written; made when first needed. */
  folder: string;
  now(): number;
  /** The context of the shop, with the scopes of whoever started the operation. */
  contextFor(scopes: ReadonlySet<string>): AdminContext;
  finish(operation: BulkOperation): void;
}

/** The bulk operations of one shop: validated like Shopify's, run in the background, written to a file as they go. */
export class BulkOperations implements BulkOperationsOfShop {
  readonly #options: BulkOptions;
  readonly #operations = new Map<string, BulkOperation>();
  readonly #running = new Map<string, Promise<void>>();
  #truncateNext = false;
  /** Whether Shopify runs bulk operations for this app: each app must ask for that in the Partner Dashboard. */
  enabled = true;

  constructor(options: BulkOptions) {
    this.#options = options;
  }

  operation(id: string): BulkOperation | null {
    return this.#operations.get(id) ?? null;
  }

  operations(): BulkOperation[] {
    return [...this.#operations.values()];
  }

  run(query: string, groupObjects: boolean, context: AdminContext) {
    const refuse = (field: string[] | null, message: string, code: string) => ({
      bulkOperation: null,
      userErrors: [{ field, message, code }],
    });
    if (!this.enabled) return refuse(null, "Bulk operations are not enabled for this app.", "INVALID");
    let connection: BulkConnection;
    try {
      connection = compileBulkQuery(query);
    } catch (error) {
      if (error instanceof BulkQueryError) return refuse(["query"], error.message, "INVALID");
      throw error;
    }
    const active = this.operations().filter(
      ({ status }) => status === "CREATED" || status === "RUNNING" || status === "CANCELING",
    );
    if (active.length >= MAX_CONCURRENT) {
      const message = `Maximum number of concurrent bulk query operations (${MAX_CONCURRENT}) reached for this app and shop.`;
      return refuse(null, message, "LIMIT_REACHED");
    }
    const operation: BulkOperation = {
      id: String(5_100_000_000_000 + this.#operations.size + 1),
      query,
      groupObjects,
      status: "CREATED",
      createdAt: this.#options.now(),
      completedAt: null,
      errorCode: null,
      objectCount: 0,
      rootObjectCount: 0,
      fileSize: null,
      secret: randomBytes(16).toString("hex"),
      scopes: [...context.scopes],
    };
    this.#save(operation);
    this.#start(operation, connection, true);
    // A copy: what the caller is answered must not change under it.
    return { bulkOperation: { ...operation }, userErrors: [] };
  }

  cancel(operation: BulkOperation) {
    if (operation.status !== "CREATED" && operation.status !== "RUNNING") {
      const message = "A bulk operation cannot be canceled when it is completed";
      return { bulkOperation: operation, userErrors: [{ field: null, message }] };
    }
    operation.status = "CANCELING";
    return { bulkOperation: operation, userErrors: [] };
  }

  #save(operation: BulkOperation): void {
    this.#operations.set(operation.id, operation);
    this.#options.journal.record(this.#options.shop, "bulk", operation.id, operation);
  }

  /** Takes over an operation of an earlier run; one that was not finished starts again. */
  restore(operation: BulkOperation): void {
    this.#operations.set(operation.id, operation);
    if (operation.status === "CREATED" || operation.status === "RUNNING") {
      operation.objectCount = 0;
      operation.rootObjectCount = 0;
      this.#start(operation, compileBulkQuery(operation.query), true);
    }
  }

  #start(operation: BulkOperation, connection: BulkConnection, announce: boolean): void {
    const work = this.#work(operation, connection)
      .then(() => {
        if (announce) this.#options.finish(operation);
        this.#save(operation);
      })
      .finally(() => this.#running.delete(operation.id));
    this.#running.set(operation.id, work);
  }

  /** Resolves when no operation is running. */
  async settled(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  async #work(operation: BulkOperation, connection: BulkConnection): Promise<void> {
    await nextTurn();
    const cancelled = () => operation.status === "CANCELING";
    if (!cancelled()) operation.status = "RUNNING";
    try {
      operation.fileSize = await this.#write(operation, connection, cancelled);
      operation.status = cancelled() ? "CANCELED" : "COMPLETED";
    } catch (error) {
      const denied = error instanceof GraphQLError && error.extensions.code === "ACCESS_DENIED";
      operation.errorCode = denied ? "ACCESS_DENIED" : "INTERNAL_SERVER_ERROR";
      operation.status = "FAILED";
      if (!denied) reportFailure(error);
    }
    operation.completedAt = this.#options.now();
  }

  async #write(operation: BulkOperation, connection: BulkConnection, cancelled: () => boolean): Promise<number> {
    mkdirSync(this.#options.folder, { recursive: true });
    const context = this.#options.contextFor(new Set(operation.scopes));
    const roots = [...connection.items(null, context)];
    const random = seededRandom(hashText(operation.query) + roots.length);
    const file = createWriteStream(this.#file(operation), { highWaterMark: 1 << 20 });
    let failure: Error | null = null;
    file.on("error", (error) => (failure = error));
    try {
      let held: string[] = [];
      for (let from = 0; from < roots.length && !cancelled(); from += PARENTS_PER_TURN) {
        const rows = held;
        const before = rows.length;
        for (const root of roots.slice(from, from + PARENTS_PER_TURN)) {
          writeRows(rows, connection, root, null, context);
          operation.rootObjectCount++;
        }
        operation.objectCount += rows.length - before;
        const last = from + PARENTS_PER_TURN >= roots.length;
        held = operation.groupObjects ? [] : shuffleAndHold(rows, last ? 0 : HELD_BACK, random);
        if (failure !== null) throw failure;
        if (!file.write(rows.length === 0 ? "" : `${rows.join("\n")}\n`)) await once(file, "drain");
        await nextTurn();
      }
    } finally {
      file.end();
      await finished(file);
    }
    return statSync(this.#file(operation)).size;
  }

  #file(operation: BulkOperation): string {
    return join(this.#options.folder, `${operation.id}.jsonl`);
  }

  #expired(operation: BulkOperation): boolean {
    return operation.completedAt !== null && this.#options.now() > operation.completedAt + SEVEN_DAYS;
  }

  #address(operation: BulkOperation): string {
    return `${this.#options.filesOrigin}/__files/bulk/${this.#options.shop}/${operation.id}-${operation.secret}.jsonl`;
  }

  /** Null until it is complete, where there were no rows, and after seven days. */
  urlOf(operation: BulkOperation): string | null {
    if (operation.status !== "COMPLETED" || operation.objectCount === 0 || this.#expired(operation)) return null;
    return this.#address(operation);
  }

  partialUrlOf(operation: BulkOperation): string | null {
    const partial = operation.status === "CANCELED" || operation.status === "FAILED";
    return partial && operation.fileSize && !this.#expired(operation) ? this.#address(operation) : null;
  }

  /** Makes the next download end in the middle of a line, as a broken connection would. */
  truncateNextDownload(): void {
    this.#truncateNext = true;
  }

  /** Serves a file, or the part of it that `Range` asks for. */
  async download(name: string, request: Request): Promise<Response> {
    const match = /^(\d+)-([0-9a-f]+)\.jsonl$/.exec(name);
    const operation = match === null ? undefined : this.#operations.get(match[1] as string);
    if (operation === undefined || operation.secret !== match?.[2])
      return new Response("No such file", { status: 404 });
    if (this.#expired(operation)) return new Response("<Error><Code>ExpiredToken</Code></Error>", { status: 400 });
    const file = this.#file(operation);
    if (!existsSync(file)) {
      // An earlier run wrote it; it is made again from the shop as it is now.
      await this.#write(operation, compileBulkQuery(operation.query), () => false);
    }
    let size = statSync(file).size;
    if (this.#truncateNext) {
      this.#truncateNext = false;
      size = insideALine(file, Math.floor(size * 0.6));
    }
    return fileResponse(file, size, request.headers.get("range"));
  }

  /** Stops what is running and removes the files. */
  async close(): Promise<void> {
    for (const id of this.#running.keys()) {
      const operation = this.#operations.get(id);
      if (operation !== undefined) operation.status = "CANCELING";
    }
    await this.settled();
    rmSync(this.#options.folder, { recursive: true, force: true });
  }
}

function writeRows(
  rows: string[],
  connection: BulkConnection,
  source: object,
  parentId: string | null,
  context: AdminContext,
): void {
  const row = connection.project(source, context);
  const id = row.id as string;
  if (parentId !== null) row.__parentId = parentId;
  rows.push(JSON.stringify(row));
  for (const child of connection.children) {
    for (const item of child.items(source, context)) writeRows(rows, child, item, id, context);
  }
}

/** Shuffles the rows in place and takes some of them out, to be written with a later turn. */
function shuffleAndHold(rows: string[], share: number, random: () => number): string[] {
  for (let index = rows.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    const swapped = rows[index] as string;
    rows[index] = rows[other] as string;
    rows[other] = swapped;
  }
  return rows.splice(Math.ceil(rows.length * (1 - share)));
}

/** A place at or after `from` that is not at the end of a line. */
function insideALine(file: string, from: number): number {
  const near = Buffer.alloc(16);
  const handle = openSync(file, "r");
  const length = readSync(handle, near, 0, near.length, from);
  closeSync(handle);
  const inside = near.subarray(0, length).findIndex((byte) => /[a-z0-9,:]/i.test(String.fromCharCode(byte)));
  return from + Math.max(0, inside) + 1;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function fileResponse(file: string, size: number, range: string | null): Response {
  const headers = new Headers({ "content-type": "application/jsonl", "accept-ranges": "bytes" });
  const asked = range === null ? null : /^bytes=(\d+)-(\d*)$/.exec(range);
  if (asked === null) {
    headers.set("content-length", String(size));
    return new Response(webStream(file, 0, size - 1), { headers });
  }
  const start = Number(asked[1]);
  const end = Math.min(asked[2] === "" ? size - 1 : Number(asked[2]), size - 1);
  if (start > end) return new Response(null, { status: 416, headers: { "content-range": `bytes */${size}` } });
  headers.set("content-range", `bytes ${start}-${end}/${size}`);
  headers.set("content-length", String(end - start + 1));
  return new Response(webStream(file, start, end), { status: 206, headers });
}

function webStream(file: string, start: number, end: number): ReadableStream<Uint8Array> | null {
  if (end < start) return null;
  return Readable.toWeb(createReadStream(file, { start, end, highWaterMark: 1 << 18 })) as ReadableStream<Uint8Array>;
}
