import { type ReactNode, useState } from "react";
import { WideTable } from "./wide-table.tsx";
import "./charts.css";

/** One column of a table. */
export interface TableColumn<Row> {
  readonly key: string;
  readonly label: string;
  /** What rows are sorted by; null goes last. */
  readonly value: (row: Row) => number | string | null;
  readonly cell: (row: Row) => ReactNode;
}

interface SortedTableProps<Row> {
  /** What the table is of, for those who do not see it. */
  label: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** How rows come at first. */
  sortedBy: { readonly key: string; readonly descending: boolean };
  locale: string;
  /** Long tables show so many rows at first, and a button with these words for the others. */
  fold?: { readonly rows: number; readonly label: string };
}

/** A table whose rows can be sorted by each column. It scrolls sideways where there is no room. */
export function SortedTable<Row>(props: SortedTableProps<Row>) {
  const { label, columns, rows, keyOf, sortedBy, locale, fold } = props;
  const [isWhole, setWhole] = useState(false);
  const [sort, setSort] = useState(sortedBy);
  const column = columns.find(({ key }) => key === sort.key) ?? columns[0]!;
  const sorted = rows.toSorted((a, b) => compared(column.value(a), column.value(b), sort.descending, locale));
  const press = (key: string) =>
    setSort({ key, descending: key === sort.key ? !sort.descending : key !== columns[0]!.key });
  const isFolded = fold !== undefined && !isWhole && rows.length > fold.rows;
  return (
    <WideTable label={label}>
      <table>
        <thead>
          <tr>
            {columns.map(({ key, label: name }) => (
              <th
                key={key}
                scope="col"
                aria-sort={key !== sort.key ? "none" : sort.descending ? "descending" : "ascending"}
              >
                <button type="button" className="tsuide-sort" onClick={() => press(key)}>
                  {name}
                  <span aria-hidden="true">{key !== sort.key ? "" : sort.descending ? " ↓" : " ↑"}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(isFolded ? sorted.slice(0, fold.rows) : sorted).map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ key, cell }, place) =>
                place === 0 ? (
                  <th key={key} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={key}>{cell(row)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {isFolded ? (
        <button type="button" className="tsuide-sort tsuide-unfold" onClick={() => setWhole(true)}>
          {fold.label}
        </button>
      ) : null}
    </WideTable>
  );
}

function compared(a: number | string | null, b: number | string | null, descending: boolean, locale: string): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === "string" || typeof b === "string" ? String(a).localeCompare(String(b), locale) : a - b;
  return descending ? -order : order;
}
