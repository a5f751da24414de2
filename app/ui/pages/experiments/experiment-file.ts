import type { TFunction } from "i18next";
import type { ExperimentView } from "../../../views/experiments-view.ts";
import { csvDay, type CsvCell } from "../../csv/csv-text.ts";
import type { ExperimentFile } from "./address.ts";
import { armNames } from "./arm-names.ts";

type Rows = (readonly CsvCell[])[];

/** "tsuide-tea-experiment-3-looks.csv". */
export function experimentFileName(file: ExperimentFile, shop: string, number: number): string {
  return `tsuide-${shop.split(".")[0]!.replace(/[^\w-]/g, "")}-experiment-${number}-${file}.csv`;
}

/** The difference of each variant at each look, with its interval, in percent. */
export function lookRows(view: ExperimentView, t: TFunction): Rows {
  const [control = "", ...variants] = armNames(view.arms, t);
  const head = ["day", "date", "variant", "control", "estimate", "low", "high"] as const;
  return [
    head.map((column) => t(`experiments:file.${column}`)),
    ...view.looks.flatMap(({ day, at, gains }) =>
      gains.flatMap((gain, place) => {
        if (gain === null) return [];
        const shares = [gain.estimate, gain.low, gain.high].map(percent);
        return [[day, csvDay(at, view.timezone), variants[place] ?? "", control, ...shares]];
      }),
    ),
  ];
}

/** What each arm did up to the latest look: rates in percent. */
export function armRows({ arms, reading, plan }: ExperimentView, t: TFunction): Rows {
  const names = armNames(arms, t);
  const currency = plan?.currency ?? "";
  const money = (amount: number | null) => (amount === null ? null : { amountMinor: Math.round(amount), currency });
  const columns = ["arm", "visitors", "buyers", "revenue", "orderValue"] as const;
  const head = [
    ...columns.map((column) => t(`experiments:arms.${column}`)),
    ...(["checkouts", "refunds"] as const).map((column) => t(`experiments:file.${column}`)),
    t("results:csv.currency"),
  ];
  const rows = (reading?.arms ?? []).map((arm, place): readonly CsvCell[] => [
    ...[names[place] ?? "", arm.units, arm.buyers, money(arm.revenuePerVisitor), money(arm.orderValue)],
    ...[percent(arm.checkoutRate), arm.refundRate === null ? null : percent(arm.refundRate), currency],
  ]);
  return [head, ...rows];
}

/** A share as percent, to a hundredth. */
function percent(share: number): number {
  return Math.round(share * 10_000) / 100;
}
