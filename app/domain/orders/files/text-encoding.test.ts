import { expect, test } from "vitest";
import { decodingOf, encodingToTranscode, legacyEncodingOf } from "./text-encoding.ts";

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g)!, (pair) => parseInt(pair, 16));
const decoded = (encoding: string, ...hex: string[]) =>
  hex.map((each) => new TextDecoder(encoding).decode(bytes(each)));

test.each([
  ["kanji", "shift_jis", ["8b7d907b"]],
  ["kana", "shift_jis", ["834a8362837682cc94928e87"]],
  ["half-width kana", "shift_jis", ["bab0cbb0"]],
  ["kanji and kana", "euc-jp", ["b5deb2f9a4ceb5deb2f9"]],
  ["katakana", "euc-jp", ["a5aba5c3a5d7"]],
  ["accents", "windows-1252", ["436166e9", "4dfc6c6c6572"]],
  ["umlauts in a row", "windows-1252", ["4772f6df65"]],
  ["signs", "windows-1252", ["3530804e6f", "5465e99a"]],
] as const)("tells %s", (_, encoding, hex) => {
  expect(legacyEncodingOf(hex.map(bytes))).toBe(encoding);
});

test("decodes a file in one encoding whole, also where a text happens to be UTF-8", () => {
  const kana = ["834a8362837682cc94928e87", "8b7d907b", "93db", "c3a9"];
  const { encoding, kind, decode } = decodingOf(kana.map(bytes));
  expect([encoding, kind]).toEqual(["shift_jis", "whole"]);
  expect(kana.map((each) => decode(bytes(each)))).toEqual(decoded("shift_jis", ...kana));
});

test("decodes each text of a mixed file by its own encoding", () => {
  const utf8 = new TextEncoder().encode("急須");
  const { encoding, kind, decode } = decodingOf([utf8, new TextEncoder().encode("湯呑"), bytes("8b7d907b")]);
  expect([encoding, kind, decode(utf8), decode(bytes("8b7d907b"))]).toEqual(["shift_jis", "mixed", "急須", "急須"]);
});

test("keeps texts apart whose UTF-8 was cut off in the middle of a letter", () => {
  const whole = new TextEncoder().encode("湯呑茶碗と急須のセット");
  const [first, second] = [whole.slice(0, -1), whole.slice(0, -2)];
  const { encoding, kind, decode } = decodingOf([whole, first, second]);
  expect([encoding, kind, decode(whole)]).toEqual(["utf-8", "damaged", "湯呑茶碗と急須のセット"]);
  expect(decode(first)).toMatch(/^湯呑茶碗と急須のセッ/);
  expect(decode(first)).not.toBe(decode(second));
});

test("tells UTF-16 and ISO-2022-JP by the first bytes", () => {
  expect(encodingToTranscode(new Uint8Array(Buffer.from("order_id,item_id", "utf16le")))).toBe("utf-16le");
  expect(encodingToTranscode(new Uint8Array(Buffer.from("order_id,item_id", "utf16le").swap16()))).toBe("utf-16be");
  expect(encodingToTranscode(bytes("1b2442356e1b2842"))).toBe("iso-2022-jp");
  expect(encodingToTranscode(new TextEncoder().encode("order_id,item_id"))).toBeNull();
});
