import { Box, Select, TextField } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTypedSearch } from "./use-typed-search.ts";

interface ListFilterProps<Filter extends string> {
  labels: { search: string; placeholder: string; show: string };
  options: readonly { value: Filter; label: string }[];
  /** What the list shows now. */
  search: string;
  filter: Filter;
  onQuery: (query: { search: string; filter: Filter; page: number }) => void;
  /** A third field beside the two. */
  children?: ReactNode;
}

/** Search in a list of products, and which of them to show. */
export function ListFilter<Filter extends string>(props: ListFilterProps<Filter>) {
  const { labels, options, filter, onQuery, children } = props;
  const [search, setSearch] = useTypedSearch(props.search, (typed) => onQuery({ search: typed, filter, page: 1 }));
  return (
    <Box padding="400" borderBlockEndWidth="025" borderColor="border">
      <div className={children === undefined ? "tsuide-filter" : "tsuide-filter tsuide-filter-three"} role="search">
        <TextField
          label={labels.search}
          placeholder={labels.placeholder}
          value={search}
          onChange={setSearch}
          autoComplete="off"
          clearButton
          onClearButtonClick={() => setSearch("")}
        />
        <Select
          label={labels.show}
          options={[...options]}
          value={filter}
          onChange={(chosen) => onQuery({ search, filter: chosen as Filter, page: 1 })}
        />
        {children}
      </div>
    </Box>
  );
}
