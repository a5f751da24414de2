import { Banner, BlockStack, Button, Card, List, Text } from "@shopify/polaris";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { LARGEST_FITS_FILE, MOST_FITS_ROWS } from "../../../domain/offers/compatibility/fits-file.ts";
import type { FitsImport } from "../../../views/compatibility-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

/** Faults of a file that are named one by one; the others are counted. */
const MOST_NAMED = 10;

export interface ImportState {
  /** What came of the latest file; undefined before the first one. */
  readonly outcome: FitsImport | { readonly code: "failed" } | undefined;
  readonly reading: boolean;
  onFile(this: void, text: string): void;
}

/** Takes in a file of what fits what. What it says is added to the form, where a person looks at it and saves it. */
export function ImportCard({ outcome, reading, onFile }: ImportState) {
  const { t } = useTranslation("compatibility");
  const input = useRef<HTMLInputElement>(null);
  async function choose(file: File | undefined) {
    if (file === undefined) return;
    // More would be refused anyway, and is not sent.
    const bytes = await file.slice(0, LARGEST_FITS_FILE + 1).arrayBuffer();
    onFile(textOf(bytes));
    if (input.current !== null) input.current.value = "";
  }
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("import.title")}
        </Text>
        <Text as="p">{t("import.text")}</Text>
        <Text as="p" tone="subdued">
          {t("import.example")}
        </Text>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          hidden
          aria-label={t("import.choose")}
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
        <div>
          <Button loading={reading} onClick={() => input.current?.click()}>
            {t("import.choose")}
          </Button>
        </div>
        <div role="status">{outcome === undefined ? null : <Report outcome={outcome} />}</div>
      </BlockStack>
    </Card>
  );
}

/** UTF-8, or what spreadsheets in Japan save. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("shift_jis").decode(bytes);
  }
}

function Report({ outcome }: { outcome: NonNullable<ImportState["outcome"]> }) {
  const { t } = useTranslation("compatibility");
  const formats = useFormats();
  if (outcome.code !== "read") {
    const values = { rows: formats.number(MOST_FITS_ROWS), kilobytes: formats.number(LARGEST_FITS_FILE / 1_000) };
    return <Banner tone="critical">{t(`import.fault.${outcome.code}`, values)}</Banner>;
  }
  const { rules, rows, unknown, unreadable, repeated, left } = outcome;
  const counted = (count: number) => ({ count, number: formats.number(count) });
  const faults = [
    ...unknown.map(({ line, name, code }) => t(`import.line.${code}`, { line: formats.number(line), name })),
    ...unreadable.map((line) => t("import.line.unreadable", { line: formats.number(line) })),
  ];
  return (
    <Banner tone={faults.length > 0 || left > 0 ? "warning" : "success"}>
      <BlockStack gap="200">
        <Text as="p">
          {formats.sentences([
            t("import.read", counted(rows)),
            t("import.rules", counted(rules.length)),
            ...(repeated > 0 ? [t("import.repeated", counted(repeated))] : []),
            ...(left > 0 ? [t("import.left", counted(left))] : []),
            ...(rules.length > 0 ? [t("import.save")] : []),
          ])}
        </Text>
        {faults.length === 0 ? null : (
          <List>
            {faults.slice(0, MOST_NAMED).map((fault) => (
              <List.Item key={fault}>{fault}</List.Item>
            ))}
            {faults.length <= MOST_NAMED ? null : (
              <List.Item>{t("import.line.more", counted(faults.length - MOST_NAMED))}</List.Item>
            )}
          </List>
        )}
      </BlockStack>
    </Banner>
  );
}
