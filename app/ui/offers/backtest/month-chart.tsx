import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { BacktestView } from "../../../views/backtest-view.ts";
import { axisTicks, labelledPoints } from "../../charts/axis-ticks.ts";
import { ChartFrame } from "../../charts/chart-frame.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";

type Outcome = Extract<NonNullable<BacktestView["outcome"]>, { code: "replayed" }>;

/** Months that the picture shows; the table has all of them. */
const MOST_BARS = 24;
/** A single month is no wider than one of so many. */
const LEAST_PLACES = 6;
/** How much of a month's width its bar takes. */
const BAR_SHARE = 0.7;
const LABELS = 3;

/** Orders that an offer would have reached and nearly reached, month by month, as a picture and as a table. */
export function MonthChart({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation("backtest");
  const formats = useFormats();
  const { months, givesSomething, currency, credit } = outcome;
  const name = (month: number) =>
    formats.month(`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`);
  const money = (amountMinor: number) => formats.money({ amountMinor, currency });
  const given = t(givesSomething ? "figure.given" : "figure.shown");
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        {t("months.title")}
      </Text>
      <Bars months={months} name={name} label={t("months.chart")} />
      <div className="tsuide-legend" aria-hidden="true">
        <span className="tsuide-legend-given">{given}</span>
        {givesSomething ? <span className="tsuide-legend-near">{t("figure.near")}</span> : null}
      </div>
      <div className="tsuide-scroll" tabIndex={0} role="region" aria-label={t("months.table")}>
        <table className="tsuide-backtest-table">
          <thead>
            <tr>
              <th scope="col">{t("months.month")}</th>
              <th scope="col">{t("months.orders")}</th>
              <th scope="col">{given}</th>
              {givesSomething ? (
                <>
                  <th scope="col">{t("figure.near")}</th>
                  <th scope="col">{t(credit === null ? "figure.cost" : "figure.credit")}</th>
                </>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {months.toReversed().map(({ month, totals }) => (
              <tr key={month}>
                <th scope="row">{name(month)}</th>
                <td>{formats.number(totals.orders)}</td>
                <td>{formats.number(totals.given)}</td>
                {givesSomething ? (
                  <>
                    <td>{formats.number(totals.near)}</td>
                    <td>{money(totals.discountMinor + totals.creditMinor)}</td>
                  </>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </BlockStack>
  );
}

interface BarsProps {
  months: Outcome["months"];
  name: (month: number) => string;
  label: string;
}

/** The table beneath says the same: the picture is for the eye. */
function Bars({ months, name, label }: BarsProps) {
  const formats = useFormats();
  const shown = months.slice(-MOST_BARS);
  const ticks = axisTicks(0, Math.max(...shown.map(({ totals }) => totals.given + totals.near)), 1);
  const height = (orders: number) => (orders / ticks.at(-1)!) * 100;
  const step = 100 / Math.max(shown.length, LEAST_PLACES);
  const width = step * BAR_SHARE;
  return (
    <ChartFrame
      label={label}
      y={ticks.map((tick) => ({ at: 100 - height(tick), text: formats.number(tick) }))}
      x={labelledPoints(shown.length, LABELS).map((place) => ({
        // The last label ends with the drawing, for which there is room on phones.
        at: shown.length > LEAST_PLACES && place === shown.length - 1 ? 100 : (place + 0.5) * step,
        text: name(shown[place]!.month),
      }))}
    >
      {shown.map(({ month, totals }, place) => {
        const [given, near] = [height(totals.given), height(totals.near)];
        const x = (place + (1 - BAR_SHARE) / 2) * step;
        return (
          <g key={month}>
            <rect className="tsuide-chart-near" x={x} y={100 - given - near} width={width} height={near} />
            <rect className="tsuide-chart-given" x={x} y={100 - given} width={width} height={given} />
          </g>
        );
      })}
    </ChartFrame>
  );
}
