import { TransportFailed } from "../client/errors.ts";

/** A bulk file that is not what Shopify writes: a line that is no JSON, or an end in the middle of one. */
export class BulkFileBroken extends Error {
  override readonly name = "BulkFileBroken";
}

export interface BulkLines {
  /** One JSON text per line. */
  readonly lines: readonly string[];
  /** Bytes of the file up to and with the last of these lines: where a restart goes on. */
  readonly byteOffset: number;
}

const NEWLINE = 0x0a;

/**
 * Reads a bulk file from a byte offset on, in batches of whole lines. Nothing but one batch is held in memory.
 *
 * The address carries its own permission: no token is sent to that host. Throws {@link TransportFailed} where the
 * file breaks off before its length or cannot be had: what was read up to there is good, and another run goes on
 * from it. Throws {@link BulkFileBroken} where the whole file is there and yet ends in the middle of a line.
 */
export async function* readBulkLines(options: {
  readonly url: string;
  readonly from: number;
  readonly linesAtOnce: number;
  /** Bytes of the whole file, where they are known: a shorter answer is one that broke off. */
  readonly size: number | null;
  readonly fetch: typeof fetch;
}): AsyncGenerator<BulkLines> {
  const { url, from, linesAtOnce } = options;
  if (options.size !== null && from >= options.size) return;
  const { body, skip, ...answer } = await open(options.fetch, url, from);
  const end = options.size ?? answer.end;
  if (body === null) return;
  const splitter = new LineSplitter(from);
  let toSkip = skip;
  let read = from;
  let lines: string[] = [];
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await next(reader);
      if (done) break;
      const chunk = toSkip > 0 ? value.subarray(Math.min(toSkip, value.length)) : value;
      toSkip -= value.length - chunk.length;
      read += chunk.length;
      for (const line of splitter.push(chunk)) {
        lines.push(line);
        if (lines.length === linesAtOnce) {
          yield { lines, byteOffset: splitter.offset };
          lines = [];
        }
      }
    }
    if (end !== null && read < end) throw new TransportFailed("The file broke off");
    const rest = splitter.rest();
    if (rest !== "") {
      // A last line without its newline is whole where it is JSON; Shopify ends each line with one.
      if (!isJson(rest)) throw new BulkFileBroken("The file ends in the middle of a line");
      lines.push(rest);
    }
    if (lines.length > 0) yield { lines, byteOffset: rest === "" ? splitter.offset : read };
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch (cause) {
    throw new TransportFailed("The file broke off", { cause });
  }
}

/** Asks for the file from an offset on; a host that ignores ranges sends it all, and the start is skipped. */
async function open(
  fetchFile: typeof fetch,
  url: string,
  from: number,
): Promise<{ body: ReadableStream<Uint8Array> | null; skip: number; end: number | null }> {
  let response: Response;
  try {
    response = await fetchFile(url, {
      headers: { "accept-encoding": "identity", ...(from > 0 ? { range: `bytes=${from}-` } : {}) },
    });
  } catch (cause) {
    throw new TransportFailed("The file could not be had", { cause });
  }
  const whole = rangeLength(response.headers.get("content-range"));
  if (response.status === 416 && whole !== null && whole <= from) return { body: null, skip: 0, end: null };
  if (!response.ok) throw new TransportFailed(`The file's host answered ${response.status}`);
  const partial = response.status === 206;
  const length = response.headers.get("content-encoding")
    ? null
    : Number(response.headers.get("content-length") || NaN);
  const end = partial ? whole : length !== null && Number.isFinite(length) ? length : null;
  return { body: response.body as ReadableStream<Uint8Array> | null, skip: partial ? 0 : from, end };
}

/** The file's length in "bytes 5-9/10" or "bytes *\/10". */
function rangeLength(header: string | null): number | null {
  const match = /\/([0-9]+)$/.exec(header ?? "");
  return match === null ? null : Number(match[1]);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Cuts bytes into lines. A character that two chunks share stays whole: only whole lines are decoded. */
class LineSplitter {
  readonly #decoder = new TextDecoder();
  #rest: Uint8Array[] = [];
  /** Bytes up to the end of the last whole line. */
  offset: number;

  constructor(offset: number) {
    this.offset = offset;
  }

  *push(chunk: Uint8Array): Generator<string> {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const line = chunk.subarray(from, at);
      const text = this.#rest.length === 0 ? this.#decoder.decode(line) : this.#joined(line);
      this.offset += this.#restLength + line.length + 1;
      this.#rest = [];
      from = at + 1;
      if (text.trim() !== "") yield text;
    }
    if (from < chunk.length) this.#rest.push(chunk.subarray(from));
  }

  rest(): string {
    return this.#joined(new Uint8Array(0)).trim();
  }

  get #restLength(): number {
    return this.#rest.reduce((sum, part) => sum + part.length, 0);
  }

  #joined(end: Uint8Array): string {
    return this.#decoder.decode(Buffer.concat([...this.#rest, end]));
  }
}
