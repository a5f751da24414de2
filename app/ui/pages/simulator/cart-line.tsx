import { Badge, BlockStack, Button, Checkbox, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { toDecimalString } from "../../../domain/money/money.ts";
import { type AskedLine, MOST_UNITS } from "../../../domain/simulation/simulated-query.ts";
import type { SimulatorLineView, SimulatorView } from "../../../views/simulator-view.ts";
import { typedAmount, typedWhole } from "../../forms/typed-values.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductImage } from "../../kit/product-image.tsx";
import { useOfferNames } from "./outcome-words.ts";

interface CartLineProps {
  line: SimulatorLineView;
  asked: AskedLine;
  view: SimulatorView;
  /** Minor units of the dearest line, before discounts: its bar is the longest. */
  dearest: number;
  /** Null to take the line out. */
  onChange: (line: AskedLine | null) => void;
}

/** One line: how many, at what price, and what is taken off. */
export function CartLine({ line, asked, view, dearest, onChange }: CartLineProps) {
  const { t } = useTranslation("simulator");
  const name = line.variantTitle === null ? line.title : `${line.title} · ${line.variantTitle}`;
  return (
    <li className="tsuide-simulator-line">
      <InlineStack gap="300" blockAlign="start" wrap={false}>
        <ProductImage url={line.imageUrl} size={40} />
        <div className="tsuide-simulator-line-body">
          <BlockStack gap="200">
            <InlineStack gap="200" align="space-between" blockAlign="start" wrap={false}>
              <BlockStack gap="050">
                <Text as="h3" variant="headingSm">
                  {name}
                </Text>
                <InlineStack gap="100">
                  {line.available ? null : <Badge tone="warning">{t("line.soldOut")}</Badge>}
                  {line.isGiftCard ? <Badge>{t("line.giftCard")}</Badge> : null}
                </InlineStack>
              </BlockStack>
              <Button
                variant="plain"
                onClick={() => onChange(null)}
                accessibilityLabel={t("line.removeOne", { product: name })}
              >
                {t("line.remove")}
              </Button>
            </InlineStack>
            <div className="tsuide-simulator-fields">
              <Quantity asked={asked} onChange={onChange} />
              <Price {...{ line, asked, view, onChange }} />
            </div>
            <Checkbox
              label={t("line.subscription")}
              checked={asked.subscription}
              onChange={(subscription) => onChange({ ...asked, subscription })}
            />
            <LineMoney line={line} view={view} dearest={dearest} />
          </BlockStack>
        </div>
      </InlineStack>
    </li>
  );
}

function Quantity({ asked, onChange }: Pick<CartLineProps, "asked" | "onChange">) {
  const { t } = useTranslation("simulator");
  const formats = useFormats();
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? String(asked.quantity);
  const typed = typedWhole(shown);
  const isRight = typeof typed === "number" && typed >= 1 && typed <= MOST_UNITS;
  return (
    <TextField
      type="number"
      label={t("line.quantity")}
      value={shown}
      min={1}
      max={MOST_UNITS}
      autoComplete="off"
      error={isRight ? undefined : t("line.wrongQuantity", { most: formats.number(MOST_UNITS) })}
      onChange={(value) => {
        setText(value);
        const quantity = typedWhole(value);
        if (typeof quantity === "number" && quantity >= 1 && quantity <= MOST_UNITS) onChange({ ...asked, quantity });
      }}
      onBlur={() => isRight && setText(null)}
    />
  );
}

function Price({ line, asked, view, onChange }: Omit<CartLineProps, "dearest">) {
  const { t } = useTranslation("simulator");
  const { currency } = view;
  const [text, setText] = useState<string | null>(null);
  const known = asked.priceMinor ?? line.unitPriceMinor;
  const shown = text ?? (known === null ? "" : toDecimalString({ amountMinor: known, currency }));
  const typed = typedAmount(shown, currency);
  const isRight = typeof typed === "number" && typed >= 0;
  const priceError = (text: string) =>
    text === "" ? t("line.priceMissing", { currency }) : t("line.wrongPrice", { currency });
  return (
    <TextField
      label={t("line.price", { currency })}
      value={shown}
      inputMode="decimal"
      autoComplete="off"
      error={isRight ? undefined : priceError(shown)}
      helpText={asked.priceMinor === null ? undefined : t("line.priceTyped")}
      onChange={(value) => {
        setText(value);
        const amount = typedAmount(value, currency);
        if (typeof amount === "number" && amount >= 0) onChange({ ...asked, priceMinor: amount });
      }}
      onBlur={() => isRight && setText(null)}
      {...(asked.priceMinor === null || currency !== view.shopCurrency
        ? {}
        : {
            clearButton: true,
            onClearButtonClick: () => {
              setText(null);
              onChange({ ...asked, priceMinor: null });
            },
          })}
    />
  );
}

/** What the line costs, in figures and as a bar: what is paid, and what each offer takes off. */
function LineMoney({ line, view, dearest }: Pick<CartLineProps, "line" | "view" | "dearest">) {
  const { t } = useTranslation("simulator");
  const formats = useFormats();
  const names = useOfferNames(view.offers);
  if (view.totals === null) return null;
  const money = (amountMinor: number) => formats.money({ amountMinor, currency: view.currency });
  const paid = line.fullMinor - line.discountMinor;
  const width = (amount: number) => ({ width: `${(amount / dearest) * 100}%` });
  return (
    <BlockStack gap="100">
      <div className="tsuide-simulator-bar" aria-hidden="true">
        <span className="tsuide-simulator-paid" style={width(paid)} />
        {line.discounts.map(({ offer, quantity, amountOffMinor }) => (
          <span
            key={`${offer} ${amountOffMinor}`}
            className="tsuide-simulator-off"
            style={width(quantity * amountOffMinor)}
          />
        ))}
      </div>
      <Text as="p">
        {line.discountMinor === 0
          ? t("line.paysFull", { amount: money(paid) })
          : t("line.pays", { amount: money(paid), full: money(line.fullMinor), off: money(line.discountMinor) })}
      </Text>
      {line.discounts.map(({ offer, quantity, amountOffMinor }) => (
        <Text as="p" variant="bodySm" tone="subdued" key={`${offer} ${amountOffMinor}`}>
          {t("line.discount", {
            ...{ count: quantity, quantity: formats.number(quantity), each: money(amountOffMinor) },
            offer: names(offer),
          })}
        </Text>
      ))}
      {line.compareAtMinor !== null && line.compareAtMinor > (line.unitPriceMinor ?? 0) ? (
        <Text as="p" variant="bodySm" tone="subdued">
          {t("line.compareAt", { amount: money(line.compareAtMinor) })}
        </Text>
      ) : null}
    </BlockStack>
  );
}
