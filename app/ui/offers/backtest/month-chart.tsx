import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { BacktestView } from "../../../views/backtest-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

type Outcome = Extract<NonNullable<BacktestView["outcome"]>, { code: "replayed" }>;

const WIDTH = 360;
const HEIGHT = 120;
const BASELINE = 100;
/** Months that the picture shows; the table has all of them. */
const MOST_BARS = 24;
const LABELS = 4;

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
  const shown = months.slice(-MOST_BARS);
  const most = Math.max(1, ...shown.map(({ totals }) => totals.given + totals.near));
  const step = WIDTH / Math.max(shown.length, 6);
  const width = step * 0.7;
  const every = Math.ceil(shown.length / LABELS);
  return (
    <svg className="tsuide-months" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <line x1={0} x2={WIDTH} y1={BASELINE} y2={BASELINE} />
      {shown.map(({ month, totals }, place) => {
        const given = (totals.given / most) * (BASELINE - 4);
        const near = (totals.near / most) * (BASELINE - 4);
        const x = place * step + (step - width) / 2;
        return (
          <g key={month}>
            <rect className="tsuide-months-near" x={x} y={BASELINE - given - near} width={width} height={near} />
            <rect className="tsuide-months-given" x={x} y={BASELINE - given} width={width} height={given} />
            {place % every === 0 ? (
              <text x={place * step} y={HEIGHT - 5}>
                {name(month)}
              </text>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
