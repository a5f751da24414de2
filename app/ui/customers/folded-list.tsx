import { Box, Button } from "@shopify/polaris";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../locale-provider.tsx";

interface FoldedListProps {
  /** What the list is, for who does not see its heading beside it. */
  label: string;
  /** List items. */
  items: readonly ReactNode[];
  /** How many show before someone asks for all. */
  first: number;
}

/** A list of which only the first show until someone asks for all. */
export function FoldedList({ label, items, first }: FoldedListProps) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const [all, setAll] = useState(false);
  return (
    <>
      <ul className="tsuide-figures tsuide-divided" aria-label={label}>
        {all ? items : items.slice(0, first)}
      </ul>
      {items.length <= first ? null : (
        <Box padding="400" paddingBlockStart="200">
          <Button ariaExpanded={all} onClick={() => setAll(!all)}>
            {all ? t("showFewer") : t("showAll", { total: formats.number(items.length) })}
          </Button>
        </Box>
      )}
    </>
  );
}
