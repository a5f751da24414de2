import { BlockStack, Button, Card, Form, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AskedLine, MOST_LINES } from "../../../domain/simulation/simulated-query.ts";
import { CartLine } from "./cart-line.tsx";
import type { QueryProps } from "./query-props.ts";
import { VariantPicker } from "./variant-picker.tsx";

/** The cart: what is in it, what each line costs, and ways to put something into it. */
export function CartCard({ view, query, onChange }: QueryProps) {
  const { t } = useTranslation("simulator");
  const { lines } = query;
  const dearest = Math.max(1, ...view.lines.map(({ fullMinor }) => fullMinor));
  const put = (place: number, line: AskedLine | null) =>
    onChange({ lines: lines.flatMap((one, at) => (at === place ? (line ?? []) : one)) });
  const add = (variant: string) => {
    const place = lines.findIndex((one) => one.variant === variant && !one.subscription);
    const before = lines[place];
    if (before !== undefined) put(place, { ...before, quantity: before.quantity + 1 });
    else onChange({ lines: [...lines, { variant, quantity: 1, subscription: false, priceMinor: null }] });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("cart.title")}
        </Text>
        {view.lines.length === 0 ? (
          <Text as="p" tone="subdued">
            {t("cart.empty")}
          </Text>
        ) : (
          <ul className="tsuide-products tsuide-divided" aria-label={t("cart.title")}>
            {view.lines.map((line, place) => {
              const asked = lines[place];
              return asked?.variant === line.variant ? (
                <CartLine
                  key={`${line.variant} ${place} ${view.currency}`}
                  {...{ line, asked, view, dearest }}
                  onChange={(changed) => put(place, changed)}
                />
              ) : null;
            })}
          </ul>
        )}
        {lines.length >= MOST_LINES ? (
          <Text as="p" tone="subdued">
            {t("cart.full", { most: MOST_LINES })}
          </Text>
        ) : (
          <VariantPicker onAdd={add} />
        )}
        <OrderForm onTake={(order) => onChange({ lines: [], currency: null, feeMinor: null, order })} />
      </BlockStack>
    </Card>
  );
}

function OrderForm({ onTake }: { onTake: (order: string) => void }) {
  const { t } = useTranslation("simulator");
  const [order, setOrder] = useState("");
  return (
    <Form onSubmit={() => order.trim() !== "" && onTake(order.trim())}>
      <InlineStack gap="200" blockAlign="end">
        <div className="tsuide-simulator-order">
          <TextField
            label={t("order.label")}
            placeholder={t("order.placeholder")}
            value={order}
            onChange={setOrder}
            maxLength={40}
            autoComplete="off"
          />
        </div>
        <Button submit disabled={order.trim() === ""}>
          {t("order.take")}
        </Button>
      </InlineStack>
    </Form>
  );
}
