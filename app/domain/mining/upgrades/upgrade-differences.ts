import { comparable, knownShare, type CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { attributeDifferences } from "./attribute-differences.ts";
import { RANK, type AttributeValue, type Difference, type Ranked } from "./difference.ts";
import { measuredSize, timesLarger, writtenSizes, type Measure } from "./measured-size.ts";

/** Returns must fall by this share of units before it is worth a word. */
const FEWER_RETURNS = 0.02;
/** And by so many standard errors (one-sided 1 %), where the units sold are known. */
const SURE = 2.33;
const MOST_DIFFERENCES = 12;
/** Tags that filters and apps read: "filter:red", "_hidden". */
const FOR_MACHINES = /^_|[:=]/;
/** Sizes are written in round figures. */
const AS_GOOD_AS = 0.01;

/**
 * The differences of `to` from `from`, the most telling first: a larger size (of titles, and of what is chosen at the
 * price), a higher figure, what is gained, choices and ratings; returns lower by at least two points and by more than
 * chance gives (two-proportion z test at 1 %); attributes that are merely others; those of which `from` says nothing;
 * lower figures; tags that only `to` has; another vendor. What two would say is said once. What is missing of `to` is
 * never called a difference. Deterministic, in the order of names where nothing else decides; at most twelve.
 *
 * What is claimed as more of one product is never claimed of the other over it, and a product has nothing over itself.
 */
export function differences(from: CatalogueItem, to: CatalogueItem): Difference[] {
  const size = largerSize(from, to);
  const attributes = attributeDifferences(from.attributes, to.attributes);
  const found: Ranked[] = attributes.filter(({ difference }) => size === null || !saysSize(difference, size));
  const add = (rank: number, difference: Difference) => found.push({ rank, difference });
  if (size !== null) add(RANK.size, size);
  const named = new Set([...from.tags, ...attributes.flatMap(({ difference }) => wordsOf(difference))].map(comparable));
  for (const tag of [...to.tags].sort()) {
    if (comparable(tag) === null || FOR_MACHINES.test(tag) || named.has(comparable(tag))) continue;
    named.add(comparable(tag));
    add(RANK.benefit, { code: "benefit", tag });
  }
  const [sentBack, theirs] = [knownShare(from.refundedShare), knownShare(to.refundedShare)];
  if (sentBack !== null && theirs !== null && isFewerReturns(from, to)) {
    add(RANK.returns, { code: "fewer-returns", from: sentBack, to: theirs });
  }
  const [vendor, their] = [comparable(from.vendor), comparable(to.vendor)];
  if (vendor !== null && their !== null && vendor !== their) {
    add(RANK.vendor, { code: "vendor", from: from.vendor!, to: to.vendor! });
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_DIFFERENCES)
    .map(({ difference }) => difference);
}

/** Whether an attribute says no more than the size: "Capacity: 500 ml → 1 l" beside twice the volume. */
function saysSize(difference: Difference, { measure, times }: LargerSize): boolean {
  if (difference.code !== "attribute" || difference.from === null) return false;
  const grown = timesLarger(measuredSize(textOf(difference.from)), measuredSize(textOf(difference.to)));
  return grown?.measure === measure && Math.abs(grown.times - times) <= AS_GOOD_AS * times;
}

function textOf(value: AttributeValue): string {
  return "amount" in value ? `${value.amount} ${value.unit ?? ""}` : value.join(" ");
}

/** The words in which an attribute's difference says what a tag could say as well. */
function wordsOf(difference: Difference): readonly string[] {
  if (difference.code === "gained") return [difference.name];
  return difference.code === "attribute" && !("amount" in difference.to) ? difference.to : [];
}

type LargerSize = Extract<Difference, { readonly code: "size" }>;

function largerSize(from: CatalogueItem, to: CatalogueItem): LargerSize | null {
  const [was, is] = [sizesOf(from), sizesOf(to)];
  const larger = timesLarger(figures(was), figures(is));
  if (larger === null) return null;
  const { measure } = larger;
  return { code: "size", ...larger, from: was[measure]!.text, to: is[measure]!.text };
}

/** What is chosen at the price says more closely than the title what one gets for it. */
function sizesOf({ title, choice }: CatalogueItem): ReturnType<typeof writtenSizes> {
  return { ...writtenSizes(title), ...writtenSizes(choice ?? "") };
}

function figures(sizes: ReturnType<typeof writtenSizes>): Partial<Record<Measure, number>> {
  return Object.fromEntries(Object.entries(sizes).map(([measure, { value }]) => [measure, value]));
}

function isFewerReturns(from: CatalogueItem, to: CatalogueItem): boolean {
  const [was, is] = [from.refundedShare!, to.refundedShare!];
  if (was - is < FEWER_RETURNS) return false;
  const [sold, theirs] = [from.soldUnits ?? null, to.soldUnits ?? null];
  if (sold === null || theirs === null) return true;
  const pooled = (was * sold + is * theirs) / (sold + theirs);
  return was - is >= SURE * Math.sqrt(pooled * (1 - pooled) * (1 / sold + 1 / theirs));
}
