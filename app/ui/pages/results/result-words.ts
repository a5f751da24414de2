import { useTranslation } from "react-i18next";
import type { TFunction } from "i18next";
import { isOfferTypeName } from "../../../domain/offers/offer-type-name.ts";
import type { MoneyView } from "../../../views/money-view.ts";
import type { ResultName, ResultsView, RoiView } from "../../../views/results-view.ts";

/** What a row is called; `t` knows the texts of all pages. */
export function resultName(name: ResultName, t: TFunction): string {
  switch (name.kind) {
    case "again":
      return t("results:name.again");
    case "surface":
      return t(`offers:funnel.surface.${name.surface}`);
    case "product":
      if (name.productId === null) return t("results:name.noProduct");
      return name.title ?? t("results:name.gone", { product: name.productId });
    case "offer": {
      const type = isOfferTypeName(name.type)
        ? t(`offers:type.${name.type}.title`)
        : t("offers:type.unknown", { type: name.type });
      if (name.name !== "") return name.name;
      return name.number === null
        ? t("results:name.unknownOffer", { type })
        : t("results:name.offer", { type, number: name.number });
    }
  }
}

/** {@link resultName} in the language of the page. */
export function useResultName(): (name: ResultName) => string {
  const { t } = useTranslation();
  return (name) => resultName(name, t);
}

/** How long before an order what shoppers did counts, for the words of formulas. */
export function windowWords({ usedDays, seenDays }: ResultsView["assistance"], t: TFunction): Record<string, string> {
  const days = (count: number) => t("results:formula.days", { count });
  return { used: days(usedDays), seen: days(seenDays) };
}

/** One line of what was added and what it cost; null for an amount that is not known. */
export interface RoiPart {
  readonly name: "added" | "discounts" | "shipping" | "credit" | "goods" | "monthly" | "cost";
  readonly label: string;
  readonly amount: MoneyView | null;
}

/** What was added and what it cost, line by line; `t` knows the texts of the page. */
export function roiParts(roi: RoiView, t: TFunction): RoiPart[] {
  // Most shops give no store credit.
  const hasCredit = roi.credit.amountMinor !== 0;
  const costs = [
    "discounts",
    "shipping",
    ...(hasCredit ? (["credit"] as const) : []),
    "goods",
    "monthly",
    "cost",
  ] as const;
  return [
    { name: "added", label: t(`results:roi.added.${roi.basis}`), amount: roi.added },
    ...costs.map((name) => ({
      ...{ name, label: t(`results:roi.cost.${name}`), amount: roi[name] },
    })),
  ];
}
