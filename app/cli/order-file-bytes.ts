import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { readArchive, type ArchivePart } from "./order-archive.ts";
import { fileError, UserError } from "./user-error.ts";

const CHUNK_BYTES = 1 << 18;
const LONGEST_SIGNATURE = 8;

/** What a file is by its first bytes, whatever its name, and what its owner can do about it. */
const OTHER_FORMATS: readonly { readonly starts: readonly number[]; readonly sentence: string }[] = [
  {
    starts: [0x50, 0x4b, 3, 4],
    sentence: "holds a zip file or an Excel workbook that was packed again. Unpack it once.",
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

/** One file of orders: what was given, or a file or sheet in it. */
export interface OrderFilePart {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** What was given, and what is in it. */
export type OrderFileParts =
  | { readonly kind: "file"; readonly file: OrderFilePart }
  /** Each is a file, or a workbook of which the first sheet with orders counts. */
  | {
      readonly kind: "archive";
      readonly files: readonly (OrderFilePart | { readonly name: string; readonly sheets: readonly OrderFilePart[] })[];
      /** Names of files that are neither text nor a workbook. */
      readonly leftOut: readonly string[];
    };

/** Zip files and workbooks are read at once, since their list of files is at their end. */
const MOST_PACKED_BYTES = 512 * 2 ** 20;

/** Opens an order file. A zip file or an Excel workbook is known by its first bytes. Throws as {@link orderFileBytes}. */
export async function openOrderFile(path: string): Promise<OrderFileParts> {
  const name = path === "-" ? "standard input" : path;
  try {
    const { head, chunks } = await begin(path);
    if (!isZipStart(head)) return { kind: "file", file: { name, bytes: plainBytes(path, head, chunks) } };
    const content = await readArchive(name, await allBytes(path, head, chunks));
    const part = ({ name, bytes }: ArchivePart): OrderFilePart => ({ name, bytes: [bytes] });
    if (content.kind === "workbook") {
      return { kind: "archive", files: [{ name, sheets: content.sheets.map(part) }], leftOut: [] };
    }
    const files = content.files.map((file) =>
      "sheets" in file ? { name: file.name, sheets: file.sheets.map(part) } : part(file),
    );
    return { kind: "archive", files, leftOut: content.leftOut };
  } catch (error) {
    throw fileError(error, path);
  }
}

async function allBytes(path: string, head: Uint8Array, chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const packed: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of all(head, chunks)) {
    packed.push(chunk);
    length += chunk.length;
    if (length > MOST_PACKED_BYTES) throw new UserError(`"${path}" is too large an archive. Unpack it first.`);
  }
  return Buffer.concat(packed);
}

/**
 * The bytes of a file, chunk by chunk, unpacked where the file is gzip by its first bytes, whatever its name. "-" and
 * pipes are read, too. Throws a `UserError` for a file that cannot be read or unpacked, or is known to be no text.
 */
export async function* orderFileBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    const { head, chunks } = await begin(path);
    yield* plainBytes(path, head, chunks);
  } catch (error) {
    throw fileError(error, path);
  }
}

async function begin(path: string): Promise<{ head: Uint8Array; chunks: AsyncIterator<Uint8Array> }> {
  const source = path === "-" ? process.stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return { head: await firstBytes(chunks), chunks };
}

async function* plainBytes(
  path: string,
  head: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
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

function isZipStart(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
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
