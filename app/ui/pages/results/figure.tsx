import { BlockStack, Button, InlineStack, Link, Popover, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import "./results.css";

/** One line of a formula: what goes in, with its sign in words. */
export interface FormulaInput {
  readonly label: string;
  readonly value: string;
}

export interface FigureProps {
  label: string;
  value: string;
  /** Beneath the value: how it moved, or what is missing. */
  note?: string | undefined;
  /** How it is calculated, in words, what went in, and of which time. */
  formula: { readonly words: string; readonly inputs: readonly FormulaInput[]; readonly window: string };
  /** The order lines behind it; absent where it has none of its own. */
  linesUrl?: string | undefined;
  size?: "large" | "small";
}

/** A figure with its formula and its orders within reach. */
export function Figure({ label, value, note, formula, linesUrl, size = "large" }: FigureProps) {
  const { t } = useTranslation("results");
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="bodyMd" tone="subdued">
        {label}
      </Text>
      <Text as="p" variant={size === "large" ? "headingXl" : "headingLg"} numeric breakWord>
        {value}
      </Text>
      {note === undefined ? null : (
        <Text as="p" variant="bodySm" tone="subdued">
          {note}
        </Text>
      )}
      <InlineStack gap="300">
        <Formula name={label} formula={formula} />
        {linesUrl === undefined ? null : (
          <Link url={linesUrl} accessibilityLabel={t("figure.linesOf", { figure: label })} removeUnderline>
            {t("figure.lines")}
          </Link>
        )}
      </InlineStack>
    </BlockStack>
  );
}

function Formula({ name, formula }: { name: string; formula: FigureProps["formula"] }) {
  const { t } = useTranslation("results");
  const [isOpen, setOpen] = useState(false);
  const titleId = useId();
  return (
    <Popover
      active={isOpen}
      onClose={() => setOpen(false)}
      preferredAlignment="left"
      ariaHaspopup="dialog"
      activator={
        <Button
          variant="plain"
          accessibilityLabel={t("figure.formulaOf", { figure: name })}
          ariaExpanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t("figure.formula")}
        </Button>
      }
    >
      <Popover.Section>
        <div role="group" aria-labelledby={titleId} className="tsuide-formula">
          <BlockStack gap="200">
            <Text as="h4" variant="headingSm" id={titleId}>
              {name}
            </Text>
            <Text as="p">{formula.words}</Text>
            {formula.inputs.length === 0 ? null : (
              <dl>
                {formula.inputs.map((input) => (
                  <div key={input.label}>
                    <dt>{input.label}</dt>
                    <dd>{input.value}</dd>
                  </div>
                ))}
              </dl>
            )}
            <Text as="p" tone="subdued">
              {formula.window}
            </Text>
          </BlockStack>
        </div>
      </Popover.Section>
    </Popover>
  );
}
