import { expect, it } from "vitest";
import { csvDay, csvText } from "./csv-text.ts";

it("quotes what needs it, and lets no title become a formula", () => {
  const text = csvText([
    ["Tea, green", 'The "best"', "two\nlines"],
    ["=HYPERLINK(1)", "-5", "煎茶"],
  ]);
  expect(text).toBe('\uFEFF"Tea, green","The ""best""","two\nlines"\r\n\'=HYPERLINK(1),\'-5,煎茶\r\n');
});

it("writes days as the shop has them", () => {
  expect(csvDay("2026-05-02T20:00:00.000Z", "Asia/Tokyo")).toBe("2026-05-03");
  expect(csvDay("2026-05-02T20:00:00.000Z", "Mars/Olympus")).toBe("2026-05-02");
  expect(csvDay("2026-05-02T20:00:00.000Z", "UTC")).toBe("2026-05-02");
});
