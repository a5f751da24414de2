/** How the bytes of a file stand for letters, by the name that `TextDecoder` knows it by. */
export type TextEncodingName =
  "utf-8" | "utf-16le" | "utf-16be" | "shift_jis" | "euc-jp" | "iso-2022-jp" | "windows-1252";

/** What people call the encoding. */
export const ENCODING_NAMES: Readonly<Record<TextEncodingName, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16 (big-endian)",
  shift_jis: "Shift_JIS",
  "euc-jp": "EUC-JP",
  "iso-2022-jp": "ISO-2022-JP",
  "windows-1252": "Windows-1252 (Latin-1)",
};

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** True where a byte above 127 is among them. */
export function hasHighBytes(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 127) return true;
  return false;
}

/** True where the bytes are well-formed UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictUtf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * The encoding that whole texts must be turned from before rows can be cut, by a file's first bytes: UTF-16 with or
 * without a byte-order mark, and ISO-2022-JP, whose letters hold bytes that look like commas. Null for all others.
 */
export function encodingToTranscode(head: Uint8Array): "utf-16le" | "utf-16be" | "iso-2022-jp" | null {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  const probed = Math.min(head.length, 4096) & ~1;
  for (let at = 0; at < probed; at++) if (head[at] === 0) zeros[at & 1]!++;
  // Text without a byte order mark is recognised by its ASCII letters, every second byte of which is zero.
  if (zeros[1]! > 2 && zeros[1]! > 4 * zeros[0]! && zeros[1]! * 8 > probed) return "utf-16le";
  if (zeros[0]! > 2 && zeros[0]! > 4 * zeros[1]! && zeros[0]! * 8 > probed) return "utf-16be";
  for (let at = 0; at + 2 < head.length; at++) {
    if (head[at] === 0x1b && head[at + 1] === 0x24 && (head[at + 2] === 0x42 || head[at + 2] === 0x40))
      return "iso-2022-jp";
  }
  return null;
}

/**
 * The encoding that these texts are in, of which one at least is not UTF-8, by how well each candidate's letters
 * make words: kana and the common kanji for the Japanese ones, accented letters between plain ones for Windows-1252.
 */
export function legacyEncodingOf(texts: readonly Uint8Array[]): "shift_jis" | "euc-jp" | "windows-1252" {
  const scores = [
    { name: "windows-1252", score: averageScore(texts, scoreLatin) },
    { name: "shift_jis", score: averageScore(texts, scoreShiftJis) },
    { name: "euc-jp", score: averageScore(texts, scoreEucJp) },
  ] as const;
  return scores.reduce((best, each) => (each.score > best.score ? each : best)).name;
}

/** Sum of weights and number of characters. */
type Score = readonly [sum: number, characters: number];
const MOST_SCORED = 5000;
const IMPOSSIBLE = -8;

function averageScore(texts: readonly Uint8Array[], score: (bytes: Uint8Array) => Score): number {
  let sum = 0;
  let characters = 0;
  for (const text of texts.slice(0, MOST_SCORED)) {
    const [weight, count] = score(text);
    sum += weight;
    characters += count;
  }
  return characters === 0 ? 0 : sum / characters;
}

const isLetterByte = (byte: number | undefined) =>
  byte !== undefined && ((byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122));

function scoreLatin(bytes: Uint8Array): Score {
  let sum = 0;
  let characters = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte < 128) continue;
    characters++;
    const isLetter = byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7;
    const besideLetter = isLetterByte(bytes[at - 1]) || isLetterByte(bytes[at + 1]);
    const besideHigh = (bytes[at - 1] ?? 0) > 127 || (bytes[at + 1] ?? 0) > 127;
    if (isLetter) sum += besideLetter ? 1.6 : besideHigh ? -1 : 0.8;
    else sum += besideHigh ? -1 : [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte) ? -4 : 0.7;
  }
  return [sum, characters];
}

function scoreShiftJis(bytes: Uint8Array): Score {
  let sum = 0;
  let characters = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!;
    if (lead < 128) continue;
    characters++;
    if (lead >= 0xa1 && lead <= 0xdf) {
      sum += 0.9;
      continue;
    }
    const trail = bytes[++at] ?? 0;
    const isPair = trail >= 0x40 && trail <= 0xfc && trail !== 0x7f;
    if (!isPair || lead === 0x80 || lead === 0xa0 || lead > 0xfc) sum += IMPOSSIBLE;
    else if (lead === 0x82 || lead === 0x83) sum += 3;
    else if (lead >= 0x88 && lead <= 0x97) sum += 2;
    else if (lead === 0x81) sum += 1;
    else if (lead >= 0xf0) sum += -1;
    else sum += 0.3;
  }
  return [sum, characters];
}

function scoreEucJp(bytes: Uint8Array): Score {
  let sum = 0;
  let characters = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!;
    if (lead < 128) continue;
    characters++;
    const trail = bytes[++at] ?? 0;
    if (lead === 0x8e) sum += trail >= 0xa1 && trail <= 0xdf ? 0.5 : IMPOSSIBLE;
    else if (lead < 0xa1 || lead === 0xff || trail < 0xa1 || trail === 0xff) sum += IMPOSSIBLE;
    else if (lead === 0xa4 || lead === 0xa5) sum += 3;
    // Pairs of Shift_JIS's half-width kana look like common kanji here; kana tell the two apart.
    else if (lead >= 0xb0 && lead <= 0xcf) sum += trail <= 0xdf ? 0.8 : 2;
    else sum += lead <= 0xa3 ? 1 : 0.3;
  }
  return [sum, characters];
}

/** How the texts of one file are decoded, once all of them are known. */
export interface FileDecoding {
  readonly decode: (bytes: Uint8Array) => string;
  readonly encoding: TextEncodingName;
  /**
   * `whole`: one encoding. `mixed`: UTF-8 with texts of another encoding among it. `damaged`: UTF-8 with bytes that
   * belong to no letter; they are read one by one as Windows-1252, so that two different texts stay different.
   */
  readonly kind: "whole" | "mixed" | "damaged";
}

/** Below this share of UTF-8 among the texts with special letters, all of them are in the other encoding. */
const CHANCE_UTF8_SHARE = 0.3;

/** Decides how a file's texts are decoded. `foreign` are those with bytes above 127, each once. */
export function decodingOf(foreign: readonly Uint8Array[]): FileDecoding {
  const broken = foreign.filter((bytes) => !isUtf8(bytes));
  if (broken.length === 0) return { encoding: "utf-8", kind: "whole", decode: decoder("utf-8") };
  const isMostlyUtf8 = foreign.length - broken.length >= foreign.length * CHANCE_UTF8_SHARE;
  const encoding = legacyEncodingOf(broken);
  if (!isMostlyUtf8 && !broken.every(isNearlyUtf8)) return { encoding, kind: "whole", decode: decoder(encoding) };
  if (broken.every(isNearlyUtf8)) return { encoding: "utf-8", kind: "damaged", decode: decodeDamaged };
  const legacy = decoder(encoding);
  const utf8 = decoder("utf-8");
  return { encoding, kind: "mixed", decode: (bytes) => (isUtf8(bytes) ? utf8(bytes) : legacy(bytes)) };
}

function decoder(encoding: TextEncodingName): (bytes: Uint8Array) => string {
  const text = new TextDecoder(encoding, { ignoreBOM: true });
  return (bytes) => text.decode(bytes);
}

/** Whether most of the bytes above 127 form letters of UTF-8, as in a text that was cut off in the middle of one. */
function isNearlyUtf8(bytes: Uint8Array): boolean {
  let formed = 0;
  let lone = 0;
  eachUtf8Piece(bytes, (length) => (length > 1 ? (formed += length) : lone++));
  return formed > lone;
}

function decodeDamaged(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return strictUtf8.decode(bytes);
  const latin = decoder("windows-1252");
  let text = "";
  let at = 0;
  let from = 0;
  eachUtf8Piece(
    bytes,
    (length) => {
      if (length === 1) {
        text += strictUtf8.decode(bytes.subarray(from, at)) + latin(bytes.subarray(at, at + 1));
        from = at + 1;
      }
      at += length;
    },
    (length) => (at += length),
  );
  return text + strictUtf8.decode(bytes.subarray(from));
}

/** Tells the length of every letter of more than one byte, and 1 for every byte above 127 that is part of none. */
function eachUtf8Piece(
  bytes: Uint8Array,
  piece: (length: number) => void,
  plain: (length: number) => void = () => {},
): void {
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!;
    if (byte < 128) {
      plain(1);
      at++;
      continue;
    }
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    const whole = length > 1 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length));
    piece(whole ? length : 1);
    at += whole ? length : 1;
  }
}
