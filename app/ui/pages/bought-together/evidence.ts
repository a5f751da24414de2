import type { TFunction } from "i18next";
import type { OfferMode } from "../../../domain/settings/modes.ts";
import type { CompanionView, ViewedEvidenceView } from "../../../views/bought-together-view.ts";
import type { Formats } from "../../kit/format.ts";
import { rankerName } from "../../kit/ranker-name.ts";
import type { CompanionIntent } from "./companion-intent.ts";

/** Below it a lift is written as 1, which says nothing. */
const LEAST_TELLING_LIFT = 1.05;

/** Why a companion is there, in plain words. `triggerTitle` is the product it goes with. */
export function evidenceSentence(
  companion: CompanionView,
  triggerTitle: string,
  t: TFunction<"bought-together">,
  formats: Formats,
): string {
  const [similar] = companion.similar;
  if (similar !== undefined) {
    return t("evidence.similar", {
      count: similar.orders,
      companion: companion.title,
      product: similar.title,
      together: formats.number(similar.ordersTogether),
      orders: formats.number(similar.orders),
    });
  }
  if (companion.viewed !== null) return viewedSentence(companion, companion.viewed, triggerTitle, t, formats);
  if (companion.ordersTogether === 0) return t("evidence.none");
  const isTelling = companion.lift >= LEAST_TELLING_LIFT;
  const parts = [
    t("evidence.orders", {
      count: companion.ordersTrigger,
      together: formats.number(companion.ordersTogether),
      orders: formats.number(companion.ordersTrigger),
      trigger: triggerTitle,
      companion: companion.title,
      lift: isTelling ? t("evidence.lift", { lift: formats.factor(companion.lift) }) : t("evidence.noLift"),
    }),
  ];
  if (companion.season !== null) {
    parts.push(t("evidence.season", { months: formats.months(companion.season.months) }));
  }
  if (companion.insteadOf !== null) parts.push(t(`evidence.insteadOf.${companion.insteadOf}`));
  return formats.sentences(parts);
}

function viewedSentence(
  { title }: CompanionView,
  { viewers, viewed, thenBought }: ViewedEvidenceView,
  trigger: string,
  t: TFunction<"bought-together">,
  formats: Formats,
): string {
  const names = { trigger, companion: title };
  const [count, together] = [viewers, formats.number(viewed)];
  const parts = [t("evidence.viewed", { ...names, count, viewers: formats.number(viewers), together })];
  if (thenBought > 0) {
    parts.push(t("evidence.thenBought", { ...names, count: thenBought, orders: formats.number(thenBought) }));
  }
  return formats.sentences(parts);
}

/** One figure behind a companion's place. */
export interface EvidenceFigure {
  readonly label: string;
  readonly value: string;
}

/** Every figure behind a companion and its place, in words. Those that say nothing are left out. */
export function evidenceFigures(
  companion: CompanionView,
  triggerTitle: string,
  t: TFunction<"bought-together">,
  formats: Formats,
): EvidenceFigure[] {
  return [
    ...(companion.ordersTogether === 0 ? [] : orderFigures(companion, triggerTitle, t, formats)),
    ...viewedFigures(companion, t, formats),
    ...similarFigures(companion, t, formats),
    ...placeFigures(companion, t, formats),
    {
      label: companion.similar.length > 0 ? t("figures.gradeOfSimilar") : t("figures.grade"),
      value: t(`figures.gradeWhy.${companion.grade}`),
    },
  ];
}

function orderFigures(
  companion: CompanionView,
  triggerTitle: string,
  t: TFunction<"bought-together">,
  formats: Formats,
): EvidenceFigure[] {
  const { confidence, confidenceLow, confidenceHigh, lift, liftLow, liftHigh, firstSeen, lastSeen, trend } = companion;
  const share = (ratio: number) => formats.percent(ratio, 1);
  const between = ([value, low, high]: readonly string[]) => t("figures.between", { value, low, high });
  const together = formats.number(companion.ordersTogether);
  const lately = trend ?? "unknown";
  return [
    { label: t("figures.together"), value: together },
    { label: t("figures.ordersWith", { product: triggerTitle }), value: formats.number(companion.ordersTrigger) },
    { label: t("figures.ordersWith", { product: companion.title }), value: formats.number(companion.ordersCompanion) },
    { label: t("figures.support"), value: formats.percent(companion.support, 2) },
    {
      label: t("figures.confidence", { product: triggerTitle }),
      value: between([confidence, confidenceLow, confidenceHigh].map(share)),
    },
    {
      label: t("figures.lift"),
      value: between([t("figures.times", { value: formats.factor(lift) }), ...[liftLow, liftHigh].map(formats.factor)]),
    },
    ...(firstSeen === null ? [] : [{ label: t("figures.first"), value: formats.date(firstSeen) }]),
    ...(lastSeen === null ? [] : [{ label: t("figures.last"), value: formats.date(lastSeen) }]),
    { label: t("figures.lately"), value: t(`figures.trend.${lately}`) },
    { label: t("figures.season"), value: seasonText(companion, t, formats) },
  ];
}

function seasonText({ season }: CompanionView, t: TFunction<"bought-together">, formats: Formats): string {
  if (season === null) return t("figures.allYear");
  return t("figures.inSeason", {
    count: season.years,
    months: formats.months(season.months),
    within: formats.number(season.togetherInSeason),
    together: formats.number(season.together),
  });
}

function viewedFigures({ viewed }: CompanionView, t: TFunction<"bought-together">, formats: Formats): EvidenceFigure[] {
  if (viewed === null) return [];
  return [
    { label: t("figures.viewed"), value: formats.number(viewed.viewed) },
    { label: t("figures.viewers"), value: formats.number(viewed.viewers) },
    { label: t("figures.thenBought"), value: formats.number(viewed.thenBought) },
  ];
}

function similarFigures(
  { similar }: CompanionView,
  t: TFunction<"bought-together">,
  formats: Formats,
): EvidenceFigure[] {
  if (similar.length === 0) return [];
  const products = similar.map(({ title, ordersTogether, orders }) =>
    t("figures.similarOrders", {
      count: orders,
      product: title,
      together: formats.number(ordersTogether),
      orders: formats.number(orders),
    }),
  );
  return [{ label: t("figures.similar"), value: formats.list(products) }];
}

function placeFigures(
  { placed, pinned }: CompanionView,
  t: TFunction<"bought-together">,
  formats: Formats,
): EvidenceFigure[] {
  const figures: EvidenceFigure[] = [];
  if (pinned) figures.push({ label: t("figures.placed"), value: t("figures.place.pinned") });
  if (placed === null) return figures;
  const { by, ranker, rank, confidenceRank } = placed;
  if (!pinned) {
    const place = { ranker: rankerName(ranker, t), rank: formats.number(rank) };
    figures.push({ label: t("figures.placed"), value: t(`figures.place.${by}`, place) });
  }
  const byShare =
    confidenceRank === null
      ? t("figures.neverMet")
      : t("figures.byShareRank", { rank: formats.number(confidenceRank) });
  return [...figures, { label: t("figures.byShare"), value: byShare }];
}

/** Code of the words that say whether shoppers see a companion, and if not, why. */
export type Visibility =
  | "shown"
  | "in-reserve"
  | "blocked"
  | "excluded"
  | "unavailable"
  | "substitute"
  | "resting"
  | "near-identical"
  | "thin"
  | "does-not-fit"
  | "too-expensive"
  | "low-margin"
  | "waits-for-review"
  | "waits-for-pin"
  | "further-down"
  | "not-published-yet";

/**
 * Whether shoppers see a companion, or the first reason why not. `inSet` is false for one that is published, but comes
 * after as many as a set shows.
 */
export function visibilityOf(companion: CompanionView, mode: OfferMode, inSet: boolean): Visibility {
  if (companion.blocked) return "blocked";
  if (companion.excluded) return "excluded";
  if (companion.shown) return inSet ? "shown" : "in-reserve";
  if (!companion.available) return "unavailable";
  if (companion.limit === "does-not-fit" && !companion.pinned) return companion.limit;
  if (companion.chosen || companion.pinned || companion.approved) return "not-published-yet";
  if (companion.insteadOf !== null) return "substitute";
  if (companion.grade === "thin") return "thin";
  if (companion.limit !== null) return companion.limit;
  if (mode === "review") return "waits-for-review";
  if (mode === "manual") return "waits-for-pin";
  if (companion.season?.resting === true) return "resting";
  return companion.nearIdentical ? "near-identical" : "further-down";
}

/** A companion as it will be once a decision is taken, so that the page can show it while it is being saved. */
export function withDecision(companion: CompanionView, intent: CompanionIntent): CompanionView {
  if (intent === "pin") return { ...companion, pinned: true, blocked: false };
  if (intent === "unpin") return { ...companion, pinned: false };
  if (intent === "block")
    return { ...companion, blocked: true, pinned: false, approved: false, chosen: false, shown: false };
  return { ...companion, blocked: false };
}
