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
  const { t } = useTranslation("common");
  const id = useId();
  const { download, state } = useDownload();
  const text = label ?? t("csv.download");
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Button
        onClick={() => download(address)}
        loading={state === "running"}
        accessibilityLabel={file === undefined ? text : t("csv.downloadOf", { file })}
      >
        {text}
      </Button>
      {state === "failed" ? <InlineError fieldID={id} message={t("csv.failed")} /> : null}
      {state === "busy" ? <InlineError fieldID={id} message={t("csv.busy")} /> : null}
    </BlockStack>
  );
}
