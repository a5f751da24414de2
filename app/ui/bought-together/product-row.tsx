import { BlockStack, Box, Button, InlineGrid, InlineStack, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Segment } from "../../domain/mining/segments/segment.ts";
import type { CompanionView, ProductRowView, SettingsView } from "../../domain/reports/views.ts";
import { useFormats } from "../locale-provider.tsx";
import { ProductToggle } from "../product-list/product-toggle.tsx";
import { CompanionRow } from "./companion-row.tsx";
import { PinPicker } from "./pin-picker.tsx";
import { SetPreview } from "./set-preview.tsx";
import { WhoseList } from "./whose-list.tsx";

const STATUS_TONE: Record<ProductRowView["status"], "success" | "attention" | "critical" | undefined> = {
  live: "success",
  review: "attention",
  blocked: "critical",
  "no-evidence": undefined,
};

/** What the rows need of the settings. */
export type RowSettings = Pick<SettingsView, "mode" | "setSize" | "setDiscountBasisPoints" | "timezone">;

interface ProductRowProps {
  row: ProductRowView;
  open: boolean;
  onToggle: () => void;
  settings: RowSettings;
  /** Whose list it is; null for everybody's. */
  segment: Segment | null;
}

/** One product: its state in a line, and opened, its companions beside the set that shoppers see. */
export function ProductRow({ row, open, onToggle, settings, segment }: ProductRowProps) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const detailId = useId();
  const shown = row.companions.filter((companion) => companion.shown);
  const tone = STATUS_TONE[row.status];
  return (
    <li className="tsuide-product">
      <ProductToggle
        product={row}
        summary={
          shown.length === 0
            ? t("row.orders", { count: row.orders, orders: formats.number(row.orders) })
            : t("row.ordersAndShown", {
                count: row.orders,
                orders: formats.number(row.orders),
                companions: formats.list(shown.slice(0, settings.setSize).map(({ title }) => title)),
              })
        }
        status={t(`status.${row.status}`)}
        tone={tone}
        open={open}
        onToggle={onToggle}
        controls={detailId}
      />
      <div id={detailId} hidden={!open}>
        {open ? <ProductDetail row={row} settings={settings} segment={segment} /> : null}
      </div>
    </li>
  );
}

function ProductDetail({ row, settings, segment }: Pick<ProductRowProps, "row" | "settings" | "segment">) {
  const { t } = useTranslation("bought-together");
  const [picking, setPicking] = useState(false);
  const preview = row.companions.filter((companion) => companion.shown && !companion.blocked);
  return (
    <Box padding="400" paddingBlockStart="0">
      <InlineGrid columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="500" alignItems="start">
        <BlockStack gap="200">
          <WhoseList segment={segment} own={row.ownList} />
          <CompanionList row={row} settings={settings} />
          <InlineStack>
            <Button onClick={() => setPicking(true)}>{t("picker.open")}</Button>
          </InlineStack>
          <PinPicker trigger={row} open={picking} onClose={() => setPicking(false)} />
        </BlockStack>
        <div className="tsuide-sticky">
          <SetPreview
            trigger={{ productId: row.productId, title: row.title, imageUrl: row.imageUrl, price: row.price ?? null }}
            companions={preview.slice(0, settings.setSize)}
            similar={isSimilarOnly(row)}
            discountBasisPoints={settings.setDiscountBasisPoints}
          />
        </div>
      </InlineGrid>
    </Box>
  );
}

/** Whether shoppers are offered nothing that the product's own orders speak for; a pin alone does not change that. */
function isSimilarOnly({ companions }: ProductRowView): boolean {
  const offered = companions.filter(({ shown, pinned }) => shown && !pinned);
  return offered.length > 0 && offered.every(({ similar }) => similar.length > 0);
}

/** Those that matter to a shopper or were decided about come first; thin ones are a click away. */
function CompanionList({ row, settings }: { row: ProductRowView; settings: RowSettings }) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const [all, setAll] = useState(false);
  const shown = row.companions.filter((companion) => companion.shown);
  const isMinor = ({ shown: live, pinned, blocked, grade }: CompanionView) =>
    !live && !pinned && !blocked && grade === "thin";
  const minor = row.companions.filter(isMinor);
  if (row.companions.length === 0) {
    return (
      <Text as="p" tone="subdued">
        {t("row.noCompanions")}
      </Text>
    );
  }
  return (
    <>
      <ul className="tsuide-companions">
        {row.companions
          .filter((companion) => all || !isMinor(companion))
          .map((companion) => (
            <CompanionRow
              key={companion.productId}
              companion={companion}
              trigger={row}
              mode={settings.mode}
              inSet={shown.indexOf(companion) < settings.setSize}
              timezone={settings.timezone}
            />
          ))}
      </ul>
      {minor.length === 0 ? null : (
        <InlineStack>
          <Button variant="plain" disclosure={all ? "up" : "down"} ariaExpanded={all} onClick={() => setAll(!all)}>
            {all ? t("row.fewer") : t("row.more", { count: minor.length, companions: formats.number(minor.length) })}
          </Button>
        </InlineStack>
      )}
    </>
  );
}
