import { strFromU8, unzipSync, type UnzipFileInfo } from "fflate";
import readWorkbook from "read-excel-file/universal";
import { UserError } from "./user-error.ts";

/** Bytes that an archive may unpack to, all files of it together, and a workbook inside it once more. */
export const MOST_UNPACKED_BYTES = 512 * 2 ** 20;
const MOST_FILES = 1_000;
/** Cells that a sheet may spread over: a workbook of a few bytes can name a cell at the far end of an endless sheet. */
const MOST_CELLS = 30_000_000;
const WORKBOOK = "xl/workbook.xml";

/** A file or a sheet as the bytes of a CSV file. */
export interface ArchivePart {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What an archive holds: of a workbook the first sheet with orders counts, of other archives every file. */
export type ArchiveContent =
  | { readonly kind: "workbook"; readonly sheets: readonly ArchivePart[] }
  | {
      readonly kind: "files";
      readonly files: readonly (ArchivePart | { readonly name: string; readonly sheets: readonly ArchivePart[] })[];
      /** Names of files that are neither text nor a workbook. */
      readonly leftOut: readonly string[];
    };

/**
 * Unpacks a zip file, or reads an Excel workbook (which is one). `path` is what it is called in messages. Throws a
 * `UserError` for an archive that is broken, has a password, or is larger than what is read.
 */
export async function readArchive(path: string, packed: Uint8Array): Promise<ArchiveContent> {
  const names = namesWithin(path, packed);
  if (names.includes(WORKBOOK)) return { kind: "workbook", sheets: await sheetsOf(path, packed) };
  const wanted = names.filter(isMeant);
  const unpacked = unpack(path, packed, ({ name }) => wanted.includes(name));
  const files = [];
  const leftOut: string[] = [];
  for (const name of wanted) {
    const inner = `${path}, ${name}`;
    const bytes = unpacked[name]!;
    const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3;
    if (!isZip) files.push({ name: inner, bytes });
    else if (namesWithin(inner, bytes).includes(WORKBOOK))
      files.push({ name: inner, sheets: await sheetsOf(inner, bytes) });
    else leftOut.push(inner);
  }
  if (files.length === 0)
    throw new UserError(`"${path}" holds no order file: no CSV file and no Excel workbook is in it.`);
  return { kind: "files", files, leftOut };
}

/** Files that a person put there: without folders and what systems add of their own. */
function isMeant(name: string): boolean {
  return !name.endsWith("/") && !/(^|\/)(__MACOSX\/|\.)/.test(name);
}

/** The names of the files in an archive, in its order. Refuses one that would unpack to too much. */
function namesWithin(path: string, packed: Uint8Array): string[] {
  const names: string[] = [];
  let bytes = 0;
  unpack(path, packed, ({ name, originalSize }) => {
    names.push(name);
    bytes += originalSize;
    return false;
  });
  if (names.length > MOST_FILES) throw new UserError(`"${path}" holds more than ${MOST_FILES} files.`);
  if (bytes > MOST_UNPACKED_BYTES) {
    const most = MOST_UNPACKED_BYTES / 2 ** 20;
    throw new UserError(`"${path}" would unpack to more than ${most} MB. Unpack it and give the CSV files in it.`);
  }
  return names;
}

/** No file becomes longer than the archive says it is, whatever is packed there. */
function unpack(
  path: string,
  packed: Uint8Array,
  filter: (file: UnzipFileInfo) => boolean,
): Record<string, Uint8Array> {
  try {
    return unzipSync(packed, { filter });
  } catch (error) {
    throw new UserError(`"${path}" is a zip file or an Excel workbook that is broken or has a password.`, {
      cause: error,
    });
  }
}

async function sheetsOf(path: string, packed: Uint8Array): Promise<ArchivePart[]> {
  const sheets = unpack(path, packed, ({ name }) => /^xl\/worksheets\/[^/]+\.xml$/.test(name));
  for (const xml of Object.values(sheets)) {
    if (cellsOf(strFromU8(xml)) > MOST_CELLS)
      throw new UserError(`"${path}" has a sheet that is too large. Save it as CSV.`);
  }
  const copy = new Uint8Array(packed);
  const read = await readWorkbook(copy.buffer, { trim: false, parseNumber: numberText }).catch((cause: unknown) => {
    throw new UserError(`"${path}" is an Excel workbook that cannot be read. Save the sheet with the orders as CSV.`, {
      cause,
    });
  });
  return read.map(({ sheet, data }) => ({
    name: `${path}, sheet "${sheet}"`,
    bytes: new TextEncoder().encode(data.map((row) => rowText(row as readonly unknown[])).join("")),
  }));
}

/** How many cells a sheet spreads over, from its first cell to its last row and column. */
function cellsOf(xml: string): number {
  let [rows, columns, inRow] = [0, 0, 0];
  for (const [, tag, letters, digits] of xml.matchAll(/<(?:\w+:)?(row|c)\b(?:[^>]*?\sr="([A-Z]{0,4})(\d{0,9})")?/g)) {
    if (tag === "row") {
      rows = Math.max(rows + 1, Number(digits ?? 0));
      inRow = 0;
    } else {
      inRow = Math.max(inRow + 1, columnNumber(letters ?? ""));
      columns = Math.max(columns, inRow);
    }
  }
  return rows * columns;
}

/** "A" is 1, "AA" is 27; 0 for no letters. */
function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}

/**
 * A number as the sheet shows it. Workbooks hold 17 digits of each, the last of which are noise (19.989999999999998); of
 * whole numbers, such as ids, every digit is kept.
 */
function numberText(written: string): string {
  if (/^-?\d+$/.test(written)) return written;
  const number = Number(written);
  return Number.isFinite(number) ? String(Number(number.toPrecision(15))) : written;
}

function rowText(cells: readonly unknown[]): string {
  if (cells.every((cell) => cell === null)) return "\n";
  return `${cells.map((cell) => `"${cellText(cell).replaceAll('"', '""')}"`).join(",")}\n`;
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (!(cell instanceof Date)) return String(cell);
  if (Number.isNaN(cell.getTime())) return "";
  // A workbook's times are of no time zone.
  const [day, time] = cell.toISOString().slice(0, 19).split("T");
  return time === "00:00:00" ? day! : `${day} ${time}`;
}
