import { useFetcher } from "@remix-run/react";
import { Box, Button, InlineGrid, Select } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

interface GroupFilterProps {
  vendor: string;
  type: string;
  onChoose: (chosen: { vendor: string; type: string }) => void;
}

/** Narrows a list to a product type or a vendor; which there are is asked for once somebody opens it. */
export function GroupFilter({ vendor, type, onChoose }: GroupFilterProps) {
  const { t } = useTranslation("bought-together");
  const groups = useFetcher<{ vendors: string[]; types: string[] }>({ key: "product-groups" });
  const [open, setOpen] = useState(vendor !== "" || type !== "");
  const id = useId();
  const toggle = () => {
    setOpen(!open);
    if (!open && groups.data === undefined) groups.load("/app/product-groups");
  };
  // What is chosen is among the options before the others have come.
  const options = (names: readonly string[] | undefined, chosen: string) => [
    { value: "", label: t("group.all") },
    ...[...new Set([...(chosen === "" ? [] : [chosen]), ...(names ?? [])])].map((name) => ({
      value: name,
      label: name,
    })),
  ];
  const load = () => (groups.data === undefined && groups.state === "idle" ? groups.load("/app/product-groups") : null);
  return (
    <Box paddingInline="400" paddingBlock="200" borderBlockEndWidth="025" borderColor="border">
      <Button
        variant="plain"
        disclosure={open ? "up" : "down"}
        ariaExpanded={open}
        ariaControls={id}
        onClick={toggle}
        onFocus={load}
      >
        {t("group.open")}
      </Button>
      <div id={id} hidden={!open}>
        <Box paddingBlockStart="200">
          <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
            <Select
              label={t("group.type")}
              options={options(groups.data?.types, type)}
              value={type}
              onChange={(chosen) => onChoose({ vendor, type: chosen })}
              onFocus={load}
            />
            <Select
              label={t("group.vendor")}
              options={options(groups.data?.vendors, vendor)}
              value={vendor}
              onChange={(chosen) => onChoose({ vendor: chosen, type })}
              onFocus={load}
            />
          </InlineGrid>
        </Box>
      </div>
    </Box>
  );
}
