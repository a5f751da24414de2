import { BlockStack, Box, Button, InlineGrid, InlineStack, Text } from "@shopify/polaris";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Segment } from "../../../domain/shoppers/shopper.ts";
import type {
  BoughtTogetherPageView,
  CompanionView,
  ProductDetailView,
  ProductRowView,
} from "../../../views/bought-together-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { NoSuggestion } from "./best-sellers.tsx";
import { CompanionRow } from "./companion-row.tsx";
import { ExclusionControl } from "./exclusion-control.tsx";
import { PinPicker } from "./pin-picker.tsx";
import { SetPreview } from "./set-preview.tsx";
import { WhoseList } from "./whose-list.tsx";

/** What the rows need of the offer that products have, and of the shop. */
export type RowTerms = BoughtTogetherPageView["mainSet"] & Pick<BoughtTogetherPageView, "timezone">;

interface ProductDetailProps {
  row: ProductRowView;
  detail: ProductDetailView;
  terms: RowTerms;
  segment: Segment | null;
}

/** All that goes with one product, what can be decided about it, and the set as shoppers see it. */
export function ProductDetail({ row, detail, terms, segment }: ProductDetailProps) {
  const { t } = useTranslation("bought-together");
  const [picking, setPicking] = useState(false);
  const opener = useRef<HTMLDivElement>(null);
  // The dialog gives the focus back to nobody: whoever opened it goes on where they were.
  const close = useCallback(() => {
    setPicking(false);
    opener.current?.querySelector("button")?.focus();
  }, []);
  const preview = detail.companions.filter(({ shown, blocked, excluded }) => shown && !blocked && !excluded);
  return (
    <Box padding="400" paddingBlockStart="0">
      <InlineGrid columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="500" alignItems="start">
        <BlockStack gap="300">
          <WhoseList segment={segment} own={detail.ownList} />
          {row.excluded.asTrigger ? <Text as="p">{t("excluded.nothing")}</Text> : null}
          <CompanionList row={row} detail={detail} terms={terms} />
          <InlineStack>
            <div ref={opener}>
              <Button onClick={() => setPicking(true)}>{t("picker.open")}</Button>
            </div>
          </InlineStack>
          <ExclusionControl row={row} />
          <PinPicker trigger={row} companions={detail.companions} open={picking} onClose={close} />
        </BlockStack>
        <div className="tsuide-sticky">
          <SetPreview
            trigger={row.productId}
            companions={preview.slice(0, terms.setSize).map(({ productId }) => productId)}
            {...restsOn(detail)}
            reward={terms.reward}
          />
        </div>
      </InlineGrid>
    </Box>
  );
}

/**
 * Whether what shoppers are offered rests on what they view, or on similar products, and on no orders of the product's
 * own; a pin alone does not change that.
 */
function restsOn({ companions }: ProductDetailView): { similar: boolean; viewed: boolean } {
  const offered = companions.filter(({ shown, pinned }) => shown && !pinned);
  const isGuess = offered.length > 0 && offered.every(({ similar, viewed }) => viewed !== null || similar.length > 0);
  const similar = isGuess && offered.some(({ viewed }) => viewed === null);
  return { similar, viewed: isGuess && !similar };
}

/** Those that matter to a shopper or were decided about come first; weaker ones are a click away. */
function CompanionList({ row, detail, terms }: Omit<ProductDetailProps, "segment">) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const [all, setAll] = useState(false);
  const { companions } = detail;
  const shown = companions.filter((companion) => companion.shown);
  const isMinor = ({ shown: live, chosen, pinned, blocked, grade }: CompanionView) =>
    !live && !chosen && !pinned && !blocked && grade === "thin";
  const minor = companions.filter(isMinor);
  const isWithout = minor.length === companions.length;
  return (
    <>
      {isWithout ? <NoSuggestion trigger={row} detail={detail} /> : null}
      <ul className="tsuide-companions">
        {companions
          .filter((companion) => all || !isMinor(companion))
          .map((companion) => (
            <CompanionRow
              key={companion.productId}
              companion={companion}
              trigger={row}
              mode={terms.mode}
              inSet={shown.indexOf(companion) < terms.setSize}
              timezone={terms.timezone}
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
