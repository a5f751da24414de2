import { BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { UpgradeCandidateView, UpgradeRowView } from "../../../views/upgrades-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductToggle } from "../../kit/product-list/product-toggle.tsx";
import { CandidateItem, VariantItem } from "./candidate-item.tsx";
import { dearerBy, variantTitle } from "./upgrade-words.ts";

/** Similar candidates that are shown without a click. */
const SHOWN = 3;

interface UpgradeRowProps {
  row: UpgradeRowView;
  /** Whether shoppers see only what is approved. */
  reviews: boolean;
  open: boolean;
  onToggle: () => void;
}

/** One product: its best upgrade in a line, and opened, all of them with the evidence for each. */
export function UpgradeRow({ row, reviews, open, onToggle }: UpgradeRowProps) {
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
        {open ? <UpgradeDetail row={row} reviews={reviews} /> : null}
      </div>
    </li>
  );
}

function UpgradeDetail({ row, reviews }: Pick<UpgradeRowProps, "row" | "reviews">) {
  const { t } = useTranslation("upgrades");
  const formats = useFormats();
  const [all, setAll] = useState(false);
  const shown = row.candidates.filter(({ hidden }) => !hidden);
  const hidden = row.candidates.filter((candidate) => candidate.hidden);
  if (row.candidates.length + row.variants.length === 0) {
    return (
      <Box padding="400" paddingBlockStart="0">
        <Text as="p" tone="subdued">
          {t("row.outdated")}
        </Text>
      </Box>
    );
  }
  const [moved, similar] = [true, false].map((wanted) => shown.filter(({ basis }) => (basis === "moved") === wanted));
  const more = similar!.length - SHOWN;
  const items = (candidates: readonly UpgradeCandidateView[]) =>
    candidates.map((candidate) => (
      <CandidateItem key={candidate.productId} candidate={candidate} row={row} reviews={reviews} />
    ));
  return (
    <Box padding="400" paddingBlockStart="0">
      <BlockStack gap="400">
        <Group title={t("group.moved")}>{items(moved!)}</Group>
        <Group title={t("group.similar")} note={t("group.similarNote")}>
          {items(all ? similar! : similar!.slice(0, SHOWN))}
        </Group>
        {more <= 0 ? null : (
          <InlineStack>
            <Button variant="plain" disclosure={all ? "up" : "down"} ariaExpanded={all} onClick={() => setAll(!all)}>
              {all ? t("row.fewer") : t("row.more", { count: more, candidates: formats.number(more) })}
            </Button>
          </InlineStack>
        )}
        <Group title={t("group.variants")} note={t("group.variantsNote")}>
          {row.variants.map((variant) => (
            <VariantItem key={variantTitle(variant, t)} variant={variant} row={row} reviews={reviews} />
          ))}
        </Group>
        <Group title={t("group.hidden")}>{items(hidden)}</Group>
      </BlockStack>
    </Box>
  );
}

/** Candidates of one kind under their name; nothing where there are none. */
function Group({ title, note, children }: { title: string; note?: string; children: readonly ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <BlockStack gap="050">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      {note === undefined ? null : (
        <Text as="p" variant="bodySm" tone="subdued">
          {note}
        </Text>
      )}
      <ul className="tsuide-companions">{children}</ul>
    </BlockStack>
  );
}
