import { BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { UpgradeRowView } from "../../domain/reports/upgrades-view.ts";
import { useFormats } from "../locale-provider.tsx";
import { ProductToggle } from "../product-list/product-toggle.tsx";
import { CandidateItem, VariantItem } from "./candidate-item.tsx";
import { dearerBy } from "./upgrade-words.ts";

/** Candidates that are shown without a click. */
const SHOWN = 3;

interface UpgradeRowProps {
  row: UpgradeRowView;
  open: boolean;
  onToggle: () => void;
}

/** One product: its best upgrade in a line, and opened, all of them with what speaks for each. */
export function UpgradeRow({ row, open, onToggle }: UpgradeRowProps) {
  const { t } = useTranslation("upgrades");
  const formats = useFormats();
  const detailId = useId();
  const shown = row.candidates.filter(({ hidden }) => !hidden);
  const variants = row.variants.filter(({ hidden }) => !hidden);
  const [best] = shown;
  const moved = shown.some(({ basis }) => basis === "moved");
  const status = moved ? "moved" : shown.length > 0 ? "alike" : variants.length > 0 ? "variants" : "none";
  const price = row.price === null ? "–" : formats.money(row.price);
  const orders = formats.number(row.orders);
  return (
    <li className="tsuide-product">
      <ProductToggle
        product={row}
        summary={
          best === undefined
            ? t("row.plain", { count: row.orders, price, orders })
            : t("row.best", {
                ...{ count: row.orders, price, orders, candidate: best.title },
                difference: dearerBy(best.difference, formats),
              })
        }
        status={t(`status.${status}`)}
        tone={moved ? "success" : undefined}
        open={open}
        onToggle={onToggle}
        controls={detailId}
      />
      <div id={detailId} hidden={!open}>
        {open ? <UpgradeDetail row={row} /> : null}
      </div>
    </li>
  );
}

function UpgradeDetail({ row }: { row: UpgradeRowView }) {
  const { t } = useTranslation("upgrades");
  const formats = useFormats();
  const [all, setAll] = useState(false);
  const shown = row.candidates.filter(({ hidden }) => !hidden);
  const hidden = row.candidates.filter((candidate) => candidate.hidden);
  const listed = all ? shown : shown.slice(0, SHOWN);
  const more = shown.length - SHOWN;
  if (row.candidates.length + row.variants.length === 0) {
    return (
      <Box padding="400" paddingBlockStart="0">
        <Text as="p" tone="subdued">
          {t("row.outdated")}
        </Text>
      </Box>
    );
  }
  return (
    <Box padding="400" paddingBlockStart="0">
      <BlockStack gap="200">
        <ul className="tsuide-companions">
          {[...listed, ...hidden].map((candidate) => (
            <CandidateItem key={candidate.productId} candidate={candidate} row={row} />
          ))}
          {row.variants.map((variant) => (
            <VariantItem key={`${variant.variantId} ${variant.from}`} variant={variant} row={row} />
          ))}
        </ul>
        {more <= 0 ? null : (
          <InlineStack>
            <Button variant="plain" disclosure={all ? "up" : "down"} ariaExpanded={all} onClick={() => setAll(!all)}>
              {all ? t("row.fewer") : t("row.more", { count: more, candidates: formats.number(more) })}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Box>
  );
}
