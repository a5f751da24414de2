import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type {
  HistoryView,
  RankerScoreView,
  RankingFiguresView,
  SurfaceRankingView,
} from "../../../views/ranking-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { rankerName } from "../../kit/ranker-name.ts";
import { inHundred, shortName } from "./score-words.ts";

/**
 * One place where suggestions are shown: what is used there and why in a few words, and all that was tested a click
 * away. What known customers' histories add is a question of its own: whether they are used, not which ranking.
 */
export function SurfaceCard({ view, history }: { view: SurfaceRankingView; history: HistoryView }) {
  const { t } = useTranslation("ranking");
  const formats = useFormats();
  const detailId = useId();
  const [open, setOpen] = useState(false);
  const { surface, rankers } = view;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t(`surface.${surface}.title`)}
          </Text>
          {surface === "customer" ? (
            <Badge {...(history.use === "in-use" ? { tone: "success" as const } : {})}>{t(`use.${history.use}`)}</Badge>
          ) : null}
        </InlineStack>
        {surface === "customer" ? (
          <Text as="p">
            {t(`surface.customer.atCheckout.${history.use}`, {
              lists: inHundred(history.hitRate4OfLists, formats, 1),
              own: inHundred(history.hitRate4WithHistory, formats, 1),
            })}
          </Text>
        ) : (
          <ChosenRanking view={view} surface={surface} />
        )}
        {rankers.length === 0 ? null : (
          <InlineStack>
            <Button
              variant="plain"
              disclosure={open ? "up" : "down"}
              ariaExpanded={open}
              ariaControls={detailId}
              onClick={() => setOpen(!open)}
            >
              {open ? t("tested.hide") : t("tested.show")}
            </Button>
          </InlineStack>
        )}
        <div id={detailId} hidden={!open}>
          {open ? <TestResults view={view} /> : null}
        </div>
      </BlockStack>
    </Card>
  );
}

/** What is used, what it found and why it is used. */
function ChosenRanking({ view, surface }: { view: SurfaceRankingView; surface: "cart" | "page" }) {
  const { t } = useTranslation("ranking");
  const formats = useFormats();
  const { winner, reason, rankers } = view;
  const chosen = rankers.find((ranker) => ranker.chosen);
  return (
    <BlockStack gap="200">
      <Text as="p">
        {t("chosen")} <strong>{shortName(chosen ?? { name: winner, history: null }, t)}</strong>
        {t("meaning", { meaning: rankerName(winner, t) })}
      </Text>
      {chosen === undefined || chosen.overall.orders === 0 ? null : (
        <Text as="p">{t(`surface.${surface}.found`, { times: inHundred(chosen.overall.hitRate4, formats) })}</Text>
      )}
      <Text as="p" tone="subdued">
        {t(`reason.items.${reason}`)}
      </Text>
    </BlockStack>
  );
}

/** What every ranking found, in all and in each slice of time. */
export function TestResults({ view: { surface, rankers } }: { view: SurfaceRankingView }) {
  const { t } = useTranslation("ranking");
  const formats = useFormats();
  const chosen = rankers.find((ranker) => ranker.chosen);
  const slices = chosen?.slices ?? [];
  const badge = surface === "customer" ? t("table.best") : t("table.chosen");
  const orders = chosen?.overall.orders ?? 0;
  return (
    <BlockStack gap="400">
      <ScoreTable
        caption={t("table.overall", { count: orders, orders: formats.number(orders) })}
        badge={badge}
        rows={rankers.map((ranker) => ({ ranker, figures: ranker.overall }))}
      />
      {slices.length < 2
        ? null
        : slices.map((slice, at) => (
            <ScoreTable
              key={at}
              badge={badge}
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
          ))}
    </BlockStack>
  );
}

interface ScoreTableProps {
  caption: string;
  /** What marks the chosen ranking. */
  badge: string;
  rows: readonly { ranker: RankerScoreView; figures: RankingFiguresView }[];
}

function ScoreTable({ caption, badge, rows }: ScoreTableProps) {
  const { t } = useTranslation("ranking");
  const formats = useFormats();
  const columns = [
    { label: t("table.first4"), of: ({ hitRate4 }: RankingFiguresView) => formats.percent(hitRate4, 1) },
    { label: t("table.first10"), of: ({ hitRate10 }: RankingFiguresView) => formats.percent(hitRate10, 1) },
    { label: t("table.ndcg10"), of: ({ ndcg10 }: RankingFiguresView) => formats.decimal(ndcg10, 2) },
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
              {shortName(ranker, t)} {ranker.chosen ? <Badge tone="success">{badge}</Badge> : null}
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
