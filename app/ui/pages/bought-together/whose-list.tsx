import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Segment } from "../../../domain/shoppers/shopper.ts";
import { segmentName } from "../../kit/segment-name.ts";

/** Says whether the list below is the segment's own or the default one; nothing where no segment was chosen. */
export function WhoseList({ segment, own }: { segment: Segment | null; own: boolean }) {
  const { t } = useTranslation("bought-together");
  if (segment === null) return null;
  return (
    <Text as="p" tone="subdued">
      {t(own ? "segment.ownList" : "segment.sameList", { segment: segmentName(segment, t) })}
    </Text>
  );
}
