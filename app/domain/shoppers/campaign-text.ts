import { hashOf } from "./hash.ts";

/** Characters of a source, a medium or a campaign that are kept. */
export const LONGEST_CAMPAIGN_TEXT = 100;

/**
 * A source, medium or campaign as it is kept: the same in lower case and without spaces at its ends, so that one campaign is
 * one row. Empty where it holds an "@": some mail programs write the receiver's address into links.
 */
export function campaignText(text: string): string {
  if (text.includes("@")) return "";
  const plain = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s\p{C}]+/gu, " ")
    .trim();
  return Array.from(plain).slice(0, LONGEST_CAMPAIGN_TEXT).join("").trim();
}

/**
 * The number that stands for a parameter of an address with its value, as in "utm_campaign=Summer"; capital letters do not
 * matter. Pages name campaigns by these numbers alone: no visitor reads in them what else the shop runs, and no text of a
 * merchant or of an address comes into a script or a style. The script in the page's head does the same.
 */
export const campaignMark = (parameter: string, value: string) => hashOf(parameter, value.toLowerCase());
