import { Box, Select, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { UpgradesPageView } from "../../domain/reports/upgrades-view.ts";
import { useFormats } from "../locale-provider.tsx";
import { useTypedSearch } from "../product-list/use-typed-search.ts";
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
  const [search, setSearch] = useTypedSearch(view.search, (typed) =>
    onQuery({ search: typed, filter: view.filter, page: 1 }),
  );
  const caps = [...new Set([...CAP_PERCENTS, view.capPercent])].sort((a, b) => a - b);
  return (
    <Box padding="400" borderBlockEndWidth="025" borderColor="border">
      <div className="tsuide-filter tsuide-filter-three" role="search">
        <TextField
          label={t("filter.search")}
          placeholder={t("filter.searchPlaceholder")}
          value={search}
          onChange={setSearch}
          autoComplete="off"
          clearButton
          onClearButtonClick={() => setSearch("")}
        />
        <Select
          label={t("filter.show")}
          options={UPGRADE_FILTERS.map((filter) => ({ value: filter, label: t(`filter.option.${filter}`) }))}
          value={view.filter}
          onChange={(filter) =>
            onQuery({ search, filter: UPGRADE_FILTERS.find((known) => known === filter) ?? "all", page: 1 })
          }
        />
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
      </div>
    </Box>
  );
}
