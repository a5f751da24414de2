import { BlockStack } from "@shopify/polaris";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Disclosure } from "../kit/disclosure.tsx";

/** So many currencies have their fields side by side with no more ado. */
const MOST_SHOWN = 3;

/**
 * A field for each currency. Of many only the first, which is the shop's own, and those that hold something are shown; a
 * button shows the others. Which these are stays as it was, so that no field moves while somebody types. They are shown
 * as well once one of them is refused.
 */
export function CurrencyFields(props: {
  currencies: readonly string[];
  /** Whether anything is typed for a currency. */
  isFilled: (currency: string) => boolean;
  isRefused: (currency: string) => boolean;
  field: (currency: string) => ReactNode;
}) {
  const { currencies, isFilled, isRefused, field } = props;
  const { t } = useTranslation();
  const [filled] = useState(() => new Set(currencies.filter(isFilled)));
  const shown = currencies.filter((currency, place) => place === 0 || filled.has(currency));
  const others = currencies.filter((currency) => !shown.includes(currency));
  if (currencies.length <= MOST_SHOWN || others.length < 2) return currencies.map(field);
  return (
    <>
      {shown.map(field)}
      <Disclosure label={t("currencies.others", { count: others.length })} isForcedOpen={others.some(isRefused)}>
        <BlockStack gap="400">{others.map(field)}</BlockStack>
      </Disclosure>
    </>
  );
}
