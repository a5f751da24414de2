import type { PointerEventHandler, ReactNode } from "react";
import "./charts.css";

/** A text beside the drawing. */
export interface AxisMark {
  /** Percent of the drawing's height from its top, or of its width from its start. */
  readonly at: number;
  readonly text: string;
}

interface ChartFrameProps {
  /** What the chart shows, in a sentence: read out in its place. */
  label: string;
  /** Above the drawing. */
  caption?: string;
  /** Beside the drawing, each with a line across; `zero`: where the line of zero is, if it is not the lowest one. */
  y: readonly AxisMark[];
  zero?: number;
  /** Below the drawing; those at its ends stay within its width. */
  x: readonly AxisMark[];
  /** Below the axis: what it counts, or what the lines are called. */
  foot?: ReactNode;
  /** What is drawn, in a square of 100 by 100. */
  children: ReactNode;
  /** What stands on the drawing and keeps its size: points and texts. */
  over?: ReactNode;
  onPointerMove?: PointerEventHandler<HTMLDivElement>;
  onPointerLeave?: PointerEventHandler<HTMLDivElement>;
}

/**
 * A drawing with its axes. It stretches to the width of the page; labels are texts beside it, so that they keep their
 * size. Whoever shows it shows a table of the same figures as well.
 */
export function ChartFrame(props: ChartFrameProps) {
  const { label, caption, y, zero, x, foot, children, over, ...pointer } = props;
  return (
    <figure className="tsuide-chart">
      {caption === undefined ? null : <figcaption>{caption}</figcaption>}
      <div className="tsuide-chart-y" aria-hidden="true">
        {y.map(({ at, text }) => (
          <span key={at} style={{ insetBlockStart: `${at}%` }}>
            {text}
          </span>
        ))}
      </div>
      <div className="tsuide-chart-plot" {...pointer}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={label}>
          {y.map(({ at }) => (
            <line
              key={at}
              className={at === zero ? "tsuide-chart-zero" : "tsuide-chart-grid"}
              {...{ x1: 0, x2: 100, y1: at, y2: at }}
            />
          ))}
          {children}
        </svg>
        {over}
      </div>
      <div className="tsuide-chart-x" aria-hidden="true">
        {x.map(({ at, text }) => (
          <span key={at} style={{ insetInlineStart: `${at}%` }} data-edge={edgeOf(at)}>
            {text}
          </span>
        ))}
      </div>
      {foot === undefined ? null : (
        <div className="tsuide-chart-foot" aria-hidden="true">
          {foot}
        </div>
      )}
    </figure>
  );
}

/** A point on the drawing, in percent of its width and height. */
export function ChartDot({ x, y }: { x: number; y: number }) {
  return (
    <span
      className="tsuide-chart-dot"
      aria-hidden="true"
      style={{ insetInlineStart: `${x}%`, insetBlockStart: `${y}%` }}
    />
  );
}

function edgeOf(at: number): "first" | "last" | undefined {
  return at <= 0 ? "first" : at >= 100 ? "last" : undefined;
}
