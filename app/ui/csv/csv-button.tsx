import { BlockStack, Button, InlineError } from "@shopify/polaris";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useDownload } from "./use-download.ts";

interface CsvButtonProps {
  /** The address of ours that answers with the file. */
  address: string;
  /** What the file holds: read out by screen readers where several buttons say the same. */
  file?: string;
  /** What the button says; how a table is saved unless given. */
  label?: string;
}

/** Saves a CSV file on the merchant's machine, and says where that failed. */
export function CsvButton({ address, file, label }: CsvButtonProps) {
  const { t } = useTranslation("results");
  const id = useId();
  const { download, state } = useDownload();
  const text = label ?? t("file.csv");
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Button
        onClick={() => download(address)}
        loading={state === "running"}
        accessibilityLabel={file === undefined ? text : t("file.csvOf", { file })}
      >
        {text}
      </Button>
      {state === "failed" ? <InlineError fieldID={id} message={t("file.failed")} /> : null}
      {state === "busy" ? <InlineError fieldID={id} message={t("file.busy")} /> : null}
    </BlockStack>
  );
}
