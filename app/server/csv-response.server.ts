import { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { type CsvCell, csvPieces } from "../ui/csv/csv-text.ts";

/** Files that one process sends at the same time: each may hold a connection to the database. */
const MOST_FILES = 4;
let sending = 0;

/** Rows as a CSV file that is sent while it is read, so that a file of any length takes little memory. */
export function csvResponse(name: string, batches: AsyncIterable<readonly (readonly CsvCell[])[]>): Response {
  if (sending >= MOST_FILES) return new Response(null, { status: 503, headers: { "Retry-After": "10" } });
  sending++;
  // Rows are read only when the reader takes more; a reader that leaves ends the reading.
  const file = Readable.from(csvPieces(batches), { objectMode: false, highWaterMark: 64 * 1024 });
  file.once("close", () => sending--);
  return new Response(createReadableStreamFromReadable(file), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
