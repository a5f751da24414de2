import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type {
  HistoryView,
  RankerScoreView,
  RankingFiguresView,
  SurfaceRankingView,
} from "../../domain/reports/ranking-view.ts";
import { useFormats } from "../locale-provider.tsx";
import { rankerName } from "../ranker-name.ts";
import { inHundred, shortName } from "./score-words.ts";

/** One place where suggestions are shown: what is used there, why, and what every ranking found. */
export function SurfaceCard({ view, history }: { view: SurfaceRankingView; history: HistoryView }) {
  const { t } = useTranslation("ranking");
  const formats = useFormats();
  const detailId = useId();
  const [open, setOpen] = useState(false);
  const { surface, winner, reason, rankers } = view;
  const chosen = rankers.find((ranker) => ranker.chosen);
  const slices = chosen?.slices ?? [];
  const kind = surface === "customer" ? "customer" : "items";
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t(`surface.${surface}.title`)}
        </Text>
        <Text as="p">
          {t("chosen")} <strong>{shortName(chosen ?? { name: winner, history: null }, t)}</strong>
          {t("meaning", { meaning: rankerName(winner, t) })}
        </Text>
        {chosen === undefined || chosen.overall.orders === 0 ? null : (
          <Text as="p">
            {t(`surface.${surface}.found`, {
              times: inHundred(chosen.overall.hitRate4, formats),
              timesTen: inHundred(chosen.overall.hitRate10, formats),
            })}
          </Text>
        )}
        <Text as="p">{t(`reason.${kind}.${reason}`)}</Text>
        {surface === "customer" ? (
          <Text as="p">
            {t(`surface.customer.atCheckout.${history.use}`, {
              lists: inHundred(history.hitRate4OfLists, formats, 1),
              own: inHundred(history.hitRate4WithHistory, formats, 1),
            })}
          </Text>
        ) : null}
        {rankers.length === 0 ? null : (
          <ScoreTable
            caption={t("table.overall", {
              count: chosen?.overall.orders ?? 0,
              orders: formats.number(chosen?.overall.orders ?? 0),
            })}
            rows={rankers.map((ranker) => ({ ranker, figures: ranker.overall }))}
          />
        )}
        {slices.length < 2 ? null : (
          <InlineStack>
            <Button
              variant="plain"
              disclosure={open ? "up" : "down"}
              ariaExpanded={open}
              ariaControls={detailId}
              onClick={() => setOpen(!open)}
            >
              {open ? t("slices.hide") : t("slices.show")}
            </Button>
          </InlineStack>
        )}
        <div id={detailId} hidden={!open}>
          <BlockStack gap="400">
            {open
              ? slices.map((slice, at) => (
                  <ScoreTable
                    key={at}
                    caption={t("slices.one", {
                      count: slice.orders,
                      slice: formats.number(at + 1),
                      slices: formats.number(slices.length),
                      orders: formats.number(slice.orders),
                    })}
                    rows={rankers.flatMap((ranker) =>
                      ranker.slices[at] === undefined ? [] : [{ ranker, figures: ranker.slices[at] }],
                    )}
                  />
                ))
              : null}
          </BlockStack>
        </div>
      </BlockStack>
    </Card>
  );
}

interface ScoreTableProps {
  caption: string;
  rows: readonly { ranker: RankerScoreView; figures: RankingFiguresView }[];
}

function ScoreTable({ caption, rows }: ScoreTableProps) {
  const { t } = useTranslation("ranking");
  const formats = useFormats();
  const columns = [
    { label: t("table.first4"), of: ({ hitRate4 }: RankingFiguresView) => formats.percent(hitRate4, 1) },
    { label: t("table.first10"), of: ({ hitRate10 }: RankingFiguresView) => formats.percent(hitRate10, 1) },
    { label: t("table.ndcg10"), of: ({ ndcg10 }: RankingFiguresView) => formats.decimal(ndcg10, 3) },
  ];
  return (
    <table className="tsuide-scores">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t("table.ranking")}</th>
          {columns.map(({ label }) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ ranker, figures }) => (
          <tr key={shortName(ranker, t)} className={ranker.chosen ? "tsuide-scores-used" : undefined}>
            <th scope="row">
              {shortName(ranker, t)} {ranker.chosen ? <Badge tone="success">{t("table.chosen")}</Badge> : null}
            </th>
            {columns.map(({ label, of }) => (
              <td key={label}>{of(figures)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
