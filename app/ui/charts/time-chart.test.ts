import { createElement } from "react";
import { expect, test } from "vitest";
import { renderHtml, renderPage } from "../../../test/fixtures/render-page.ts";
import { TimeChart, type TimePoint } from "./time-chart.tsx";

function chart(points: Partial<TimePoint>[]) {
  const series = { value: "Now", before: "Before", range: "Interval", soFar: "Today so far" };
  const write = (value: number) => `${value}`;
  return createElement(TimeChart, {
    points: points.map((point, place) => ({ label: `d${place}`, name: `Day ${place}`, value: null, ...point })),
    ...{
      label: "A line",
      series,
      write,
      writeShort: write,
      writeRange: (low: number, high: number) => `${low} to ${high}`,
    },
  });
}

/** What is drawn by class: "M0,1L2,3", the bars as "x y1 y2". */
function drawn(points: Partial<TimePoint>[], name: string): string[] {
  const html = renderHtml("en", chart(points));
  const paths = [...html.matchAll(new RegExp(`<path class="tsuide-chart-${name}" d="([^"]*)"`, "g"))];
  const bars = [
    ...html.matchAll(
      new RegExp(`<line class="tsuide-chart-${name}" x1="(\\S*)" x2="\\1" y1="(\\S*)" y2="(\\S*)"`, "g"),
    ),
  ];
  return [...paths.map((path) => path[1]!), ...bars.map((bar) => bar.slice(1).join(" "))];
}

test("the line leads in dots to a time that is not over", () => {
  const points = [{ value: 30 }, { value: 30 }, { value: 0, isSoFar: true }];
  expect(drawn(points, "value")).toEqual(["M0,0L50,0"]);
  expect(drawn(points, "so-far")).toEqual(["M50,0L100,100"]);
  expect(renderPage("en", chart(points))).toContain("|Now|Today so far|");
});

test("nothing is dotted where every time is over, or where nothing is known yet of the one that is not", () => {
  for (const points of [
    [{ value: 30 }, { value: 0 }],
    [{ value: 30 }, { value: 0 }, { isSoFar: true }],
  ]) {
    expect(drawn(points, "value")[0]).toMatch(/^M0,0L(50|100),100$/);
    expect(drawn(points, "so-far")).toEqual([]);
    expect(renderPage("en", chart(points))).not.toContain("Today so far");
  }
  // A day whose neighbour is not known is a dot.
  expect(drawn([{ value: null }, { value: 30, isSoFar: true }], "so-far")).toEqual(["M100,0Z"]);
});

test("the band has gaps where nothing is known, and is a bar where only one time is", () => {
  const range = [0, 30] as const;
  const points = [{ range }, {}, { range }, { range }, {}];
  expect(drawn(points, "range")[0]).toContain("M50,0L75,0L75,100L50,100Z");
  expect(drawn(points, "bar")).toEqual(["0 100 0"]);
});

test("the line of zero stands out where values go below it", () => {
  const below = renderHtml("en", chart([{ value: -30 }, { value: 30 }]));
  expect(below).toContain('class="tsuide-chart-zero" x1="0" x2="100" y1="50" y2="50"');
  expect(renderHtml("en", chart([{ value: 10 }, { value: 30 }]))).not.toContain("tsuide-chart-zero");
});
