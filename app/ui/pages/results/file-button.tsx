import { BlockStack, Button, InlineError } from "@shopify/polaris";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { RangeView, ResultDimension } from "../../../views/results-view.ts";
import { useDownload } from "../../csv/use-download.ts";
import { rangeFields, RESULTS_FILE } from "./results-address.ts";
import type { ResultFile } from "./result-file.ts";

interface FileButtonProps {
  file: ResultFile;
  range: Pick<RangeView, "name" | "from" | "to">;
  by?: ResultDimension;
  /** What the button says; how a table is saved unless given. */
  label?: string;
}

/** Saves a table as a CSV file on the merchant's machine. */
export function FileButton({ file, range, by, label }: FileButtonProps) {
  const { t } = useTranslation("results");
  const id = useId();
  const { download, state } = useDownload();
  const fields = { file, ...rangeFields(range), ...(by === undefined ? {} : { by }) };
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Button
        onClick={() => download(`${RESULTS_FILE}?${new URLSearchParams(fields).toString()}`)}
        loading={state === "running"}
        accessibilityLabel={label === undefined ? t("file.csvOf", { file: t(`file.name.${file}`) }) : label}
      >
        {label ?? t("file.csv")}
      </Button>
      {state === "failed" ? <InlineError fieldID={id} message={t("file.failed")} /> : null}
      {state === "busy" ? <InlineError fieldID={id} message={t("file.busy")} /> : null}
    </BlockStack>
  );
}
