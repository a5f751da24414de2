import { Button, InlineStack } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EvidenceFigure } from "./evidence.ts";

/** Every figure behind a companion's place, a click away. */
export function EvidenceFigures({ product, figures }: { product: string; figures: () => readonly EvidenceFigure[] }) {
  const { t } = useTranslation("bought-together");
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <InlineStack>
        <Button
          variant="plain"
          disclosure={open ? "up" : "down"}
          ariaExpanded={open}
          ariaControls={id}
          accessibilityLabel={`${open ? t("figures.hide") : t("figures.show")}: ${product}`}
          onClick={() => setOpen(!open)}
        >
          {open ? t("figures.hide") : t("figures.show")}
        </Button>
      </InlineStack>
      <dl id={id} className="tsuide-evidence" hidden={!open} aria-label={t("figures.label", { product })}>
        {open
          ? figures().map(({ label, value }) => (
              <div key={label} className="tsuide-evidence-figure">
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))
          : null}
      </dl>
    </>
  );
}
