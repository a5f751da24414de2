import { describe, expect, it } from "vitest";
import { formatsFor } from "./format.ts";

describe("formatsFor", () => {
  it("writes money as the reader does, with the currency's own digits", () => {
    expect(formatsFor("en").money({ amountMinor: 7500, currency: "USD" })).toBe("$75.00");
    expect(formatsFor("en").money({ amountMinor: 8000, currency: "JPY" })).toBe("¥8,000");
    expect(formatsFor("ja").money({ amountMinor: 8000, currency: "JPY" })).toBe("¥8,000");
    expect(formatsFor("en").money({ amountMinor: 1250, currency: "KWD" })).toContain("1.250");
  });

  it("writes what stands at an axis in few letters, large numbers by 万 in Japanese", () => {
    const yen = { amountMinor: 120_000, currency: "JPY" };
    const dollars = (amountMinor: number) => ({ amountMinor, currency: "USD" });
    expect([yen, dollars(120_000), dollars(50), dollars(-250_000)].map(formatsFor("en").compactMoney)).toEqual([
      "¥120K",
      "$1.2K",
      "$0.5",
      "-$2.5K",
    ]);
    expect(formatsFor("ja").compactMoney(yen)).toBe("¥12万");
    expect([900, 12_000].map(formatsFor("ja").compact)).toEqual(["900", "1.2万"]);
    expect([formatsFor("en").shortDate("2026-10-03"), formatsFor("ja").shortDate("2026-10-03")]).toEqual([
      ...["Oct 3", "10/3"],
    ]);
  });

  it("writes no more digits than a figure holds", () => {
    const { number } = formatsFor("en");
    expect([1270, 1.23456, 12.3456, 0.004].map(number)).toEqual(["1,270", "1.23", "12.3", "0"]);
  });

  it("writes percentages of one column with the same digits, and those that are typed with no more than needed", () => {
    for (const language of ["en", "ja"]) {
      const { percent, typedPercent } = formatsFor(language);
      expect([0.05, 0.047, 0.1, 1.26].map((ratio) => percent(ratio, 1))).toEqual(["5.0%", "4.7%", "10.0%", "126.0%"]);
      expect([0.05, 0.047].map((ratio) => percent(ratio))).toEqual(["5%", "5%"]);
      expect([0.9, 0.125, 0.0005].map(typedPercent)).toEqual(["90%", "12.5%", "0.05%"]);
    }
  });

  it("puts a time into the shop's day, and leaves a day as it stands", () => {
    const tokyo = formatsFor("en", "Asia/Tokyo");
    expect(tokyo.date("2026-10-02T20:00:00.000Z")).toBe("Oct 3, 2026");
    expect(formatsFor("en", "America/New_York").date("2026-10-03")).toBe("Oct 3, 2026");
    expect(formatsFor("ja", "Asia/Tokyo").date("2026-10-02T20:00:00.000Z")).toBe("2026年10月3日");
  });

  it("says the year of a span once where it is one, in the shop's days", () => {
    const [from, to] = ["2026-05-02T20:00:00.000Z", "2026-05-12T10:00:00.000Z"] as const;
    expect(formatsFor("en", "Asia/Tokyo").dateRange(from, to)).toBe("May 3 – May 12, 2026");
    expect(formatsFor("ja", "Asia/Tokyo").dateRange(from, to)).toBe("2026年5月3日～5月12日");
    expect(formatsFor("en").dateRange(from, "2027-01-02T10:00:00.000Z")).toBe("May 2, 2026 – Jan 2, 2027");
    expect(formatsFor("en", "America/New_York").dateRange("2026-05-02", "2026-05-04")).toBe("May 2 – May 4, 2026");
    expect(formatsFor("ja").dateRange("2026-05-02", "2026-05-02")).toBe("2026年5月2日");
  });

  it("falls back on UTC for a timezone that does not exist", () => {
    expect(formatsFor("en", "Mars/Olympus").date("2026-10-02T20:00:00.000Z")).toBe("Oct 2, 2026");
  });

  it("names currencies and languages, and a code that has no name by itself", () => {
    expect(formatsFor("en").codeName("currency", "EUR")).toBe("Euro (EUR)");
    expect(formatsFor("ja").codeName("language", "de")).toBe("ドイツ語");
    expect(formatsFor("en").codeName("currency", "XQQ")).toBe("XQQ");
    expect(formatsFor("en").codeName("language", "no language")).toBe("no language");
  });

  it("writes all factors with one digit", () => {
    expect([4, 4.123, 41.23].map(formatsFor("en").factor)).toEqual(["4.0", "4.1", "41.2"]);
  });

  it("writes lists and ratios in the reader's language", () => {
    expect(formatsFor("en").list(["tea", "cup", "pot"])).toBe("tea, cup, and pot");
    expect(formatsFor("ja").list(["お茶", "湯のみ"])).toBe("お茶、湯のみ");
    expect(formatsFor("en").percent(0.234)).toBe("23%");
    expect(formatsFor("en").percent(0.234, 1)).toBe("23.4%");
  });
});
