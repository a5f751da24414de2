import { Select } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { UpgradesPageView } from "../../../views/upgrades-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ListFilter } from "../../kit/product-list/list-filter.tsx";
import { CAP_PERCENTS, UPGRADE_FILTERS, type UpgradesQuery } from "./list-query.ts";

interface UpgradesFilterProps {
  view: UpgradesPageView;
  onQuery: (query: UpgradesQuery) => void;
  onCap: (percent: number) => void;
  capRefusal: string | null;
}

/** Search, what to show, and how much dearer an upgrade may be. */
export function UpgradesFilter({ view, onQuery, onCap, capRefusal }: UpgradesFilterProps) {
  const { t } = useTranslation("upgrades");
  const formats = useFormats();
  const caps = [...new Set([...CAP_PERCENTS, view.capPercent])].sort((a, b) => a - b);
  return (
    <ListFilter
      labels={{ search: t("filter.search"), placeholder: t("filter.searchPlaceholder"), show: t("filter.show") }}
      options={UPGRADE_FILTERS.map((value) => ({ value, label: t(`filter.option.${value}`) }))}
      search={view.search}
      filter={view.filter}
      onQuery={onQuery}
    >
      <Select
        label={t("cap.label")}
        options={caps.map((percent) => ({
          value: String(percent),
          label: t("cap.option", { times: formats.number(percent / 100) }),
        }))}
        value={String(view.capPercent)}
        onChange={(percent) => onCap(Number(percent))}
        {...(capRefusal === null ? {} : { error: t("cap.refused") })}
      />
    </ListFilter>
  );
}
