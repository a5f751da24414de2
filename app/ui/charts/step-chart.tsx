import "./charts.css";

/** One step: how many are left at it. */
export interface ChartStep {
  readonly key: string;
  readonly label: string;
  /** Null where nobody counts it. */
  readonly value: number | null;
  /** Steps of another kind have another colour. */
  readonly tone?: "orders";
}

interface StepChartProps {
  steps: readonly ChartStep[];
  write: (value: number) => string;
  /** What stands in place of a value that nobody counts. */
  unknown: string;
}

/** How many are left at each step, as bars beside their figures: the figures stand in it, so it needs no table of its own. */
export function StepChart({ steps, write, unknown }: StepChartProps) {
  const most = Math.max(1, ...steps.map(({ value }) => value ?? 0));
  return (
    <dl className="tsuide-step-chart">
      {steps.map(({ key, label, value, tone }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd aria-hidden="true">
            {value === null ? null : (
              <span className="tsuide-step-bar" data-tone={tone} style={{ width: `${(100 * value) / most}%` }} />
            )}
          </dd>
          <dd>{value === null ? unknown : write(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
