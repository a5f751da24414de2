import fc from "fast-check";
import { expect, test } from "vitest";
import { BulkFileBroken, readBulkLines } from "./bulk-file.ts";
import { TransportFailed } from "../client/errors.ts";

interface Host {
  /** Bytes that the host sends before it goes away. */
  sends?: number;
  ignoresRanges?: boolean;
  chunk?: number;
  failsMidway?: boolean;
}

function hostOf(text: string, { sends, ignoresRanges, chunk = 7, failsMidway }: Host = {}): typeof fetch {
  const file = new TextEncoder().encode(text);
  return async (_, init) => {
    const range = new Headers(init?.headers).get("range");
    const from = range === null || ignoresRanges ? 0 : Number(/bytes=(\d+)-/.exec(range)?.[1]);
    if (from >= file.length && range !== null && !ignoresRanges) {
      return new Response(null, { status: 416, headers: { "content-range": `bytes */${file.length}` } });
    }
    const bytes = file.subarray(from, sends ?? file.length);
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += chunk)));
        else if (failsMidway) controller.error(new Error("connection reset"));
        else controller.close();
      },
    });
    const headers = { "content-length": String(file.length - from) };
    if (from === 0) return new Response(body, { headers });
    const partial = { ...headers, "content-range": `bytes ${from}-${file.length - 1}/${file.length}` };
    return new Response(body, { status: 206, headers: partial });
  };
}

async function read(fetchFile: typeof fetch, options: { from?: number; size?: number | null; atOnce?: number } = {}) {
  const lines: string[] = [];
  let byteOffset = options.from ?? 0;
  const { from = 0, size = null, atOnce: linesAtOnce = 2 } = options;
  const file = { url: "https://files.example/bulk.jsonl", from, size, linesAtOnce, fetch: fetchFile };
  let error: unknown = null;
  try {
    for await (const batch of readBulkLines(file)) {
      lines.push(...batch.lines);
      byteOffset = batch.byteOffset;
    }
  } catch (thrown) {
    error = thrown;
  }
  return { lines, byteOffset, error };
}

const json = fc.record({ id: fc.nat(), title: fc.string({ unit: "grapheme" }) }).map((row) => JSON.stringify(row));

test("lines come whole, however the bytes are cut, also within a character", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(json),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 5 }),
      async (rows, chunk, atOnce) => {
        const text = rows.map((row) => `${row}\n`).join("");
        const { lines, byteOffset, error } = await read(hostOf(text, { chunk }), { atOnce });
        expect(error).toBeNull();
        expect(lines).toEqual(rows);
        expect(byteOffset).toBe(Buffer.byteLength(text));
      },
    ),
    { numRuns: 50 },
  );
});

test.each([false, true])(
  "a file that broke off anywhere is read on to its end, nothing twice (ranges ignored: %s)",
  async (ignoresRanges) => {
    await fc.assert(
      fc.asyncProperty(fc.array(json, { minLength: 1 }), fc.nat(), async (rows, cut) => {
        const text = rows.map((row) => `${row}\n`).join("");
        const length = Buffer.byteLength(text);
        const first = await read(hostOf(text, { sends: cut % length }));
        expect(first.error).toBeInstanceOf(TransportFailed);
        const second = await read(hostOf(text, { ignoresRanges }), { from: first.byteOffset });
        expect(second.error).toBeNull();
        expect([...first.lines, ...second.lines]).toEqual(rows);
      }),
      { numRuns: 50 },
    );
  },
);

test("a connection that breaks is distinguished from a file that is broken", async () => {
  const text = '{"id":1}\n{"id":2}\n';
  expect((await read(hostOf(text, { sends: 12, failsMidway: true }))).error).toBeInstanceOf(TransportFailed);
  const { lines, error } = await read(hostOf('{"id":1}\n{"id":'), { atOnce: 1 });
  expect(lines).toEqual(['{"id":1}']);
  expect(error).toBeInstanceOf(BulkFileBroken);
});

test("a file shorter than Shopify said broke off, even where its host says that it is whole", async () => {
  expect((await read(hostOf('{"id":1}\n'), { size: 100 })).error).toBeInstanceOf(TransportFailed);
});

test("a last line without its newline is a line", async () => {
  expect(await read(hostOf('{"id":1}\n{"id":2}'))).toMatchObject({ lines: ['{"id":1}', '{"id":2}'], byteOffset: 17 });
});

test("a file that is read to its end already gives nothing", async () => {
  expect(await read(hostOf('{"id":1}\n'), { from: 9 })).toEqual({ lines: [], byteOffset: 9, error: null });
});
