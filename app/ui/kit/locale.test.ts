import { describe, expect, it } from "vitest";
import { chooseLocale } from "./locale.ts";

const nothing = { choice: null, parameter: null, acceptLanguage: null };

describe("chooseLocale", () => {
  it("uses English where nothing is known", () => {
    expect(chooseLocale(nothing)).toEqual({ language: "en", tag: "en" });
  });

  it("follows the locale that Shopify opens the app with, region included", () => {
    expect(chooseLocale({ ...nothing, parameter: "ja" })).toEqual({ language: "ja", tag: "ja" });
    expect(chooseLocale({ ...nothing, parameter: "en-GB", acceptLanguage: "ja" })).toEqual({
      language: "en",
      tag: "en-GB",
    });
  });

  it("asks the browser where Shopify's language is one that the admin is not written in", () => {
    expect(chooseLocale({ ...nothing, parameter: "fr", acceptLanguage: "de;q=0.9, en;q=0.5, ja;q=0.8" })).toEqual({
      language: "ja",
      tag: "ja",
    });
  });

  it("never offers a language that the browser refuses", () => {
    expect(chooseLocale({ ...nothing, acceptLanguage: "ja;q=0" }).language).toBe("en");
  });

  it("lets a person's own choice win, and keeps their region where it fits", () => {
    expect(chooseLocale({ choice: "ja", parameter: "en-GB", acceptLanguage: "en-US" })).toEqual({
      language: "ja",
      tag: "ja",
    });
    expect(chooseLocale({ choice: "en", parameter: "ja", acceptLanguage: "ja, en-AU;q=0.5" }).tag).toBe("en-AU");
  });

  it("takes nonsense for nothing", () => {
    expect(chooseLocale({ choice: "xx", parameter: "not a locale!", acceptLanguage: ";;;,*,q=" })).toEqual({
      language: "en",
      tag: "en",
    });
    expect(chooseLocale({ ...nothing, parameter: `en-${"x".repeat(10_000)}` }).tag).toBe("en");
  });

  it("drops extensions that would change digits or calendars", () => {
    expect(chooseLocale({ ...nothing, parameter: "ja-JP-u-ca-japanese" }).tag).not.toContain("-u-");
  });
});
