import { Badge, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SegmentView } from "../../../views/ranking-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

/** What was tried in place of something else, and how often each named the hidden product. */
export interface TrialRow {
  readonly key: string;
  /** Where, or for whom, it was tried. */
  readonly name: string;
  readonly verdict: SegmentView["verdict"];
  /** Shares of test orders, in the order of the columns. */
  readonly shares: readonly [number, number];
  /** Test orders. */
  readonly orders: number;
}

interface TrialsTableProps {
  caption: string;
  /** Of the name, the two shares and the orders. */
  heads: readonly [string, string, string, string];
  rows: readonly TrialRow[];
}

/** What was found of each trial; no shares where too few orders can tell. */
export function TrialsTable({ caption, heads, rows }: TrialsTableProps) {
  const { t } = useTranslation("ranking");
  const formats = useFormats();
  return (
    <table className="tsuide-scores">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, verdict, shares, orders }) => (
          <tr key={key} className={verdict === "in-use" ? "tsuide-scores-used" : undefined}>
            <th scope="row">
              {name}{" "}
              {verdict === "in-use" ? (
                <Badge tone="success">{t("segments.verdict.in-use")}</Badge>
              ) : (
                <Text as="p" variant="bodySm" tone="subdued">
                  {t(`segments.verdict.${verdict}`)}
                </Text>
              )}
            </th>
            {shares.map((share, place) => (
              <td key={place}>{verdict === "too-few-orders" ? "–" : formats.percent(share, 1)}</td>
            ))}
            <td>{formats.number(orders)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
