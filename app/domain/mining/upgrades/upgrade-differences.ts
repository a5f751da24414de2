import { comparable, knownShare, type CatalogueItem } from "../catalogue-item.ts";
import { measuredSize, timesLarger, type Measure } from "./measured-size.ts";

/** One thing that the dearer product has and the other has not: the reasons for the price, in the merchant's words. */
export type Difference =
  | { readonly code: "size"; readonly measure: Measure; readonly times: number }
  | { readonly code: "attribute"; readonly name: string; readonly from: string | null; readonly to: string }
  | { readonly code: "benefit"; readonly tag: string }
  | { readonly code: "fewer-returns"; readonly from: number; readonly to: number }
  | { readonly code: "vendor"; readonly from: string; readonly to: string };

/** Returns must fall by this share of units before it is worth a word. */
const FEWER_RETURNS = 0.02;
/** And by so many standard errors (one-sided 1 %), where the units sold are known. */
const SURE = 2.33;
const MOST_DIFFERENCES = 12;

/**
 * What `to` offers beyond `from`, the most telling first: larger sizes (from the titles and equal-named attributes),
 * attributes that differ or are added, tags that only `to` has, a refund rate lower by at least two points and
 * by more than chance gives (two-proportion z test at 1 %), another vendor. Nothing that is missing on either side is called a difference, but for attributes and tags that `to` adds.
 * Deterministic; at most twelve.
 */
export function differences(from: CatalogueItem, to: CatalogueItem): Difference[] {
  const found: Difference[] = [];
  const larger = timesLarger(measuredSize(from.title), measuredSize(to.title));
  if (larger) found.push({ code: "size", ...larger });
  for (const name of Object.keys(to.attributes).sort()) {
    const [was, is] = [from.attributes[name] ?? null, to.attributes[name]!];
    if (comparable(is) === null || comparable(is) === comparable(was)) continue;
    const grown = was === null ? null : timesLarger(measuredSize(was), measuredSize(is));
    if (grown && !found.some((other) => other.code === "size" && other.measure === grown.measure)) {
      found.push({ code: "size", ...grown });
    } else found.push({ code: "attribute", name, from: was, to: is });
  }
  const had = new Set(from.tags.map(comparable));
  for (const tag of [...to.tags].sort()) {
    if (comparable(tag) === null || had.has(comparable(tag))) continue;
    had.add(comparable(tag));
    found.push({ code: "benefit", tag });
  }
  const [sentBack, theirs] = [knownShare(from.refundedShare), knownShare(to.refundedShare)];
  if (sentBack !== null && theirs !== null && isFewerReturns(from, to)) {
    found.push({ code: "fewer-returns", from: sentBack, to: theirs });
  }
  if (
    comparable(from.vendor) !== null &&
    comparable(to.vendor) !== null &&
    comparable(from.vendor) !== comparable(to.vendor)
  ) {
    found.push({ code: "vendor", from: from.vendor!, to: to.vendor! });
  }
  return found.sort((a, b) => TELLING.indexOf(a.code) - TELLING.indexOf(b.code)).slice(0, MOST_DIFFERENCES);
}

function isFewerReturns(from: CatalogueItem, to: CatalogueItem): boolean {
  const [was, is] = [from.refundedShare!, to.refundedShare!];
  if (was - is < FEWER_RETURNS) return false;
  const [sold, theirs] = [from.soldUnits ?? null, to.soldUnits ?? null];
  if (sold === null || theirs === null) return true;
  const pooled = (was * sold + is * theirs) / (sold + theirs);
  return was - is >= SURE * Math.sqrt(pooled * (1 - pooled) * (1 / sold + 1 / theirs));
}

const TELLING: readonly Difference["code"][] = ["size", "attribute", "fewer-returns", "benefit", "vendor"];
