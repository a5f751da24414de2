import type { TFunction } from "i18next";
import type { AttributeValue, Difference } from "../../../domain/mining/upgrades/difference.ts";
import type { Measure } from "../../../domain/mining/upgrades/measured-size.ts";
import type { MoneyView } from "../../../views/money-view.ts";
import type { UpgradeCandidateView, UpgradeRowView, VariantUpgradeView } from "../../../views/upgrades-view.ts";
import type { Formats } from "../../kit/format.ts";

type Words = TFunction<"upgrades">;

/** What a candidate costs more: "+¥3,000". */
export function dearerBy(difference: MoneyView, formats: Formats): string {
  return `+${formats.money(difference)}`;
}

/** Why a candidate is suggested, in words and figures; as much is said as is known, and no more. */
export function reasonSentence(
  candidate: UpgradeCandidateView,
  row: Pick<UpgradeRowView, "title" | "refundedShare" | "marginShare">,
  t: Words,
  formats: Formats,
): string {
  const { basis, thenCustomers: count, expectedThenCustomers, orders, refundedShare, marginShare } = candidate;
  const parts: string[] = [];
  if (basis !== "moved") parts.push(t(`why.${basis}`));
  const figures = { count, customers: formats.number(count), product: row.title, candidate: candidate.title };
  if (basis === "moved") parts.push(t("why.moved", { ...figures, chance: formats.number(expectedThenCustomers) }));
  else if (count > 0) parts.push(t("why.some", figures));
  else parts.push(t("why.nobody"));
  parts.push(t("why.orders", { count: orders, orders: formats.number(orders) }));
  const isNamed = candidate.differences.some(({ code }) => code === "fewer-returns");
  const refunds = unlike(refundedShare, row.refundedShare, (share) => formats.percent(share, 1));
  if (!isNamed && refunds !== null) parts.push(t("why.refunded", refunds));
  const margins = unlike(marginShare, row.marginShare, (share) => formats.percent(share));
  if (margins !== null) parts.push(t("why.margin", margins));
  return formats.sentences(parts);
}

/** Two shares as they are written; null where one is unknown or they are written alike. */
function unlike(share: number | null, ownShare: number | null, write: (share: number) => string) {
  if (share === null || ownShare === null) return null;
  const words = { theirs: write(share), own: write(ownShare) };
  return words.theirs === words.own ? null : words;
}

/** One thing that is different, in a line. What costs so many times as much is asked for what a unit of it costs. */
export function differenceLine(difference: Difference, priceRatio: number, t: Words, formats: Formats): string {
  switch (difference.code) {
    case "size": {
      const { from, to } = difference;
      return t("difference.size.line", { from, to, more: sizeForPrice(difference, priceRatio, t, formats) });
    }
    case "attribute": {
      const { name, from, to } = difference;
      const words = { name, to: attributeValue(to, formats) };
      return from === null
        ? t("difference.added", words)
        : t("difference.attribute", { ...words, from: attributeValue(from, formats) });
    }
    case "gained":
      return t("difference.gained", { name: difference.name });
    case "choice": {
      const shown = difference.values.slice(0, CHOICES_SHOWN);
      const rest = difference.values.length - CHOICES_SHOWN;
      if (rest > 0) shown.push(t("difference.choice.rest", { rest: formats.number(rest) }));
      const words = { name: difference.name, values: formats.list(shown) };
      return difference.more ? t("difference.choice.more", words) : t("difference.choice.new", words);
    }
    case "rating": {
      const [from, to] = [formats.decimal(difference.from, 1), formats.decimal(difference.to, 1)];
      return t("difference.rating", { name: difference.name, from, to, outOf: formats.number(difference.outOf) });
    }
    case "benefit":
      return t("difference.benefit", { tag: difference.tag });
    case "vendor":
      return t("difference.vendor", { from: difference.from, to: difference.to });
    case "fewer-returns": {
      const [from, to] = [formats.percent(difference.from, 1), formats.percent(difference.to, 1)];
      return t("difference.fewer-returns", { from, to });
    }
  }
}

/** Values of a choice that are named. */
const CHOICES_SHOWN = 4;

/** A figure is written in the reader's way, words as the merchant wrote them. */
function attributeValue(value: AttributeValue, formats: Formats): string {
  if (!("amount" in value)) return formats.list(value);
  return value.unit === null ? formats.number(value.amount) : `${formats.number(value.amount)} ${value.unit}`;
}

/** A better variant by what it has: "Size: 1 l instead of 500 ml". */
export function variantTitle({ option, from, to }: VariantUpgradeView, t: Words): string {
  return option === "" ? t("variant.title", { from, to }) : t("variant.named", { option, from, to });
}

/** What a larger or better variant gives for its price, and how often it is ordered. */
export function variantLine({ better, orders }: VariantUpgradeView, t: Words, formats: Formats): string {
  const parts = [variantReason(better, t, formats)];
  if (orders !== null) parts.push(t("why.orders", { count: orders, orders: formats.number(orders) }));
  return formats.sentences(parts);
}

function variantReason(better: VariantUpgradeView["better"], t: Words, formats: Formats): string {
  if (better.code !== "size") return t(`variant.${better.code}`);
  return t("variant.size", { size: sizeForPrice(better, better.unitPriceRatio * better.times, t, formats) });
}

/** How much more there is, and what a unit of it costs beside the other's: "2 times the weight, 10% less per unit". */
function sizeForPrice(
  { measure, times }: { measure: Measure; times: number },
  priceRatio: number,
  t: Words,
  formats: Formats,
): string {
  const size = t(`difference.size.${measure}`, { times: formats.number(Math.round(times * 10) / 10) });
  const saving = 1 - priceRatio / times;
  if (Math.abs(saving) < 0.005) return size;
  const words = { size, share: formats.percent(Math.abs(saving)) };
  return saving > 0 ? t("difference.size.cheaper", words) : t("difference.size.dearer", words);
}
