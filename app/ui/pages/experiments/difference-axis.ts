import type { AxisMark } from "../../charts/chart-frame.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";

/** The smallest step of an axis of differences: a tenth of a percent. */
export const SMALLEST_STEP = 0.001;

/** Percentages beside an axis of differences. `y`: where a share is drawn. */
export function useDifferenceMarks(ticks: readonly number[], y: (share: number) => number): AxisMark[] {
  const formats = useFormats();
  const places = ticks.at(-1)! < 0.05 ? 1 : 0;
  return ticks.map((tick) => ({ at: y(tick), text: formats.percent(tick, places) }));
}
