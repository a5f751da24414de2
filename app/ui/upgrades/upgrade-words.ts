import type { TFunction } from "i18next";
import type { Difference } from "../../domain/mining/upgrades/upgrade-differences.ts";
import type { MoneyView } from "../../domain/reports/views.ts";
import type { UpgradeCandidateView, UpgradeRowView, VariantUpgradeView } from "../../domain/reports/upgrades-view.ts";
import type { Formats } from "../format.ts";

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
  const told = candidate.differences.some(({ code }) => code === "fewer-returns");
  const refunds = unlike(refundedShare, row.refundedShare, (share) => formats.percent(share, 1));
  if (!told && refunds !== null) parts.push(t("why.refunded", refunds));
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

/** One thing that is different, in a line. */
export function differenceLine(difference: Difference, t: Words, formats: Formats): string {
  const { code } = difference;
  if (code === "size") return t(`difference.size.${difference.measure}`, { times: formats.factor(difference.times) });
  if (code === "benefit") return t("difference.benefit", { tag: difference.tag });
  if (code === "vendor") return t("difference.vendor", { from: difference.from, to: difference.to });
  if (code === "fewer-returns") {
    return t("difference.fewer-returns", {
      from: formats.percent(difference.from, 1),
      to: formats.percent(difference.to, 1),
    });
  }
  const { name, from, to } = difference;
  return from === null ? t("difference.added", { name, to }) : t("difference.attribute", { name, from, to });
}

/** What a larger or better variant gives for its price. */
export function variantLine({ better }: VariantUpgradeView, t: Words, formats: Formats): string {
  if (better.code === "step") return t("variant.step");
  const size = t(`difference.size.${better.measure}`, { times: formats.factor(better.times) });
  const saving = 1 - better.unitPriceRatio;
  if (Math.abs(saving) < 0.005) return size;
  const words = { size, share: formats.percent(Math.abs(saving)) };
  return saving > 0 ? t("variant.cheaper", words) : t("variant.dearer", words);
}
