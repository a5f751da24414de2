import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { fileError, UserError } from "./user-error.ts";

const CHUNK_BYTES = 1 << 18;
const LONGEST_SIGNATURE = 8;

/** What a file is by its first bytes, whatever its name, and what its owner can do about it. */
const OTHER_FORMATS: readonly { readonly starts: readonly number[]; readonly sentence: string }[] = [
  {
    starts: [0x50, 0x4b, 3, 4],
    sentence:
      "is a zip file or an Excel workbook (.xlsx). Unpack a zip file and give the CSV files in it; save a workbook as CSV: in Excel File > Save As > CSV UTF-8, in Google Sheets File > Download > CSV.",
  },
  {
    starts: [0xd0, 0xcf, 0x11, 0xe0],
    sentence: "is an old Excel workbook (.xls). Save it as CSV: in Excel File > Save As > CSV UTF-8.",
  },
  { starts: [0x25, 0x50, 0x44, 0x46], sentence: "is a PDF. Export the orders as CSV instead." },
  { starts: [0x42, 0x5a, 0x68], sentence: "is packed with bzip2. Unpack it first." },
  { starts: [0xfd, 0x37, 0x7a, 0x58], sentence: "is packed with xz. Unpack it first." },
  { starts: [0x28, 0xb5, 0x2f, 0xfd], sentence: "is packed with Zstandard. Unpack it first." },
  { starts: [0x37, 0x7a, 0xbc, 0xaf], sentence: "is a 7z archive. Unpack it first." },
  { starts: [0x52, 0x61, 0x72, 0x21], sentence: "is a RAR archive. Unpack it first." },
  { starts: [0xff, 0xfe, 0, 0], sentence: "is in UTF-32. Save it as UTF-8." },
  { starts: [0x7f, 0x45, 0x4c, 0x46], sentence: "is a program, not a CSV file." },
];

/**
 * The bytes of a file, chunk by chunk, unpacked where the file is gzip by its first bytes, whatever its name. "-" and
 * pipes are read, too. Throws a `UserError` for a file that cannot be read or unpacked, or is known to be no text.
 */
export async function* orderFileBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    const source = path === "-" ? process.stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
    const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    const head = await firstBytes(chunks);
    refuseOtherFormats(path, head);
    if (!isGzipStart(head)) return yield* all(head, chunks);
    const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
    pipeline(all(head, chunks), unpacked, () => {});
    let isFirst = true;
    for await (const chunk of unpacked as AsyncIterable<Uint8Array>) {
      if (isFirst) refuseOtherFormats(path, chunk);
      isFirst = false;
      yield chunk;
    }
  } catch (error) {
    throw fileError(error, path);
  }
}

/** Whether a file that begins so is gzip. */
export function isGzipStart(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Throws a `UserError` that says what to do with a file that begins so, where it is known not to be text. */
export function refuseOtherFormats(path: string, head: Uint8Array): void {
  const known = OTHER_FORMATS.find(({ starts }) => starts.every((byte, at) => head[at] === byte));
  if (known !== undefined) throw new UserError(`"${path}" ${known.sentence}`);
  const start = new TextDecoder()
    .decode(head.subarray(0, 64))
    .replace(/^\ufeff/, "")
    .trimStart()
    .toLowerCase();
  if (/^(<!doctype|<html|<table|<\?xml)/.test(start)) {
    throw new UserError(`"${path}" is an HTML or XML document. Open it in a spreadsheet and save it as CSV.`);
  }
  if (/^(\{\s*"|\[\s*\{)/.test(start)) throw new UserError(`"${path}" is JSON. Export the orders as CSV.`);
}

async function firstBytes(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < LONGEST_SIGNATURE) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

async function* all(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
