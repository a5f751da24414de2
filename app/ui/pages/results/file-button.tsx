import { useTranslation } from "react-i18next";
import type { RangeView, ResultDimension } from "../../../views/results-view.ts";
import type { Breakdown } from "../../../domain/measurement/breakdown.ts";
import { CsvButton } from "../../csv/csv-button.tsx";
import { rangeFields, RESULTS_FILE } from "./results-address.ts";
import type { ResultFile } from "./result-file.ts";

interface FileButtonProps {
  file: ResultFile;
  range: Pick<RangeView, "name" | "from" | "to">;
  by?: ResultDimension;
  split?: Breakdown;
  /** What the button says; how a table is saved unless given. */
  label?: string;
}

/** Saves a table as a CSV file on the merchant's machine. */
export function FileButton({ file, range, by, split, label }: FileButtonProps) {
  const { t } = useTranslation("results");
  const fields = { file, ...rangeFields(range), ...(by && { by }), ...(split && { split }) };
  const address = `${RESULTS_FILE}?${new URLSearchParams(fields).toString()}`;
  return <CsvButton address={address} {...(label === undefined ? { file: t(`fileName.${file}`) } : { label })} />;
}
