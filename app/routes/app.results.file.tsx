import type { LoaderFunctionArgs } from "@remix-run/node";
import type { TFunction } from "i18next";
import type { ShopDomain } from "../domain/ids.ts";
import { readRangeQuery } from "../domain/time/report-range.ts";
import type { FlowContext } from "../flows/context.ts";
import { readResults } from "../flows/measurement/read-results.ts";
import { BREAKDOWNS } from "../domain/measurement/breakdown.ts";
import { readBreakdownView } from "../flows/measurement/read-breakdown.ts";
import { readResultsEffect } from "../flows/measurement/read-results-effect.ts";
import { readResultsFunnel } from "../flows/measurement/read-results-funnel.ts";
import { streamResultLines } from "../flows/measurement/read-result-lines.ts";
import { streamCredits } from "../flows/measurement/stream-credits.ts";
import { streamEvents } from "../flows/measurement/stream-events.ts";
import { csvResponse } from "../server/csv-response.server.ts";
import { requestLanguage } from "../server/language-choice.server.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import type { CsvCell } from "../ui/csv/csv-text.ts";
import { createTranslator, loadMessages } from "../ui/kit/i18n.ts";
import {
  breakdownFileRows,
  creditHead,
  creditRow,
  dayRows,
  earnedRows,
  eventHead,
  eventRow,
  fileName,
  formulaRows,
  funnelFileRows,
  lineHead,
  lineRow,
  RESULT_FILES,
  roiRows,
} from "../ui/pages/results/result-file.ts";
import { RESULT_DIMENSIONS, type ResultsView } from "../views/results-view.ts";

/** Rows of a table that goes into a file: more than any shop has offers, surfaces or products that sold. */
const MOST_ROWS = 100_000;

/** A table of the page "Results" as a CSV file, in the language of the page. */
export async function loader({ request, context: { flows, ...context } }: LoaderFunctionArgs) {
  const shop = await shopOfPart(request, { flows, ...context }, "/app/results");
  const { searchParams } = new URL(request.url);
  const file = RESULT_FILES.find((name) => name === searchParams.get("file"));
  if (file === undefined) throw new Response(null, { status: 404 });
  const by = RESULT_DIMENSIONS.find((name) => name === searchParams.get("by")) ?? "offer";
  const asked = { range: readRangeQuery(searchParams), by, mostRows: MOST_ROWS };
  const { locale } = await requestLanguage(request);
  await loadMessages(locale.language);
  const t = createTranslator(locale.language).t;
  const view = await readResults(shop, asked, flows);
  const isSplit = file === "rows" || file === "funnel";
  const split = BREAKDOWNS.find((one) => one === searchParams.get("split")) ?? "channel";
  const day = { from: view.range.to, to: view.range.to };
  const name = fileName(
    file,
    shop,
    file === "events" ? day : view.range,
    isSplit ? by : file === "breakdown" ? split : "",
  );
  if (file === "lines") return csvResponse(name, lineFile(shop, asked, flows, t));
  if (file === "credits") return csvResponse(name, creditFile(shop, asked, flows, t));
  if (file === "events") return csvResponse(name, eventFile(shop, view, flows, t));
  if (file === "funnel")
    return csvResponse(name, whole(funnelFileRows(await readResultsFunnel(shop, asked, flows), t)));
  if (file === "breakdown") {
    const breakdown = await readBreakdownView(shop, { ...asked, by: split }, flows);
    return csvResponse(name, whole(breakdownFileRows(breakdown, view.shop.currency, t)));
  }
  if (file === "roi" || file === "rows") {
    const effect = await readResultsEffect(shop, asked, flows);
    return csvResponse(name, whole({ roi: roiRows, rows: earnedRows }[file](view, effect, t)));
  }
  return csvResponse(name, whole({ days: dayRows, formulas: formulaRows }[file](view, t)));
}

type Batch = (readonly CsvCell[])[];

async function* whole(rows: Batch): AsyncGenerator<Batch> {
  yield rows;
}

async function* lineFile(
  shop: ShopDomain,
  { range }: { range: ReturnType<typeof readRangeQuery> },
  flows: FlowContext,
  t: TFunction,
): AsyncGenerator<Batch> {
  yield [lineHead(t)];
  for await (const lines of streamResultLines(shop, range, flows)) yield lines.map((line) => lineRow(line, t));
}

async function* creditFile(
  shop: ShopDomain,
  { range }: { range: ReturnType<typeof readRangeQuery> },
  flows: FlowContext,
  t: TFunction,
): AsyncGenerator<Batch> {
  yield [creditHead(t)];
  for await (const credits of streamCredits(shop, range, flows)) yield credits.map((one) => creditRow(one, t));
}

async function* eventFile(
  shop: ShopDomain,
  { range, shop: { timezone } }: ResultsView,
  flows: FlowContext,
  t: TFunction,
): AsyncGenerator<Batch> {
  yield [eventHead(t)];
  for await (const events of streamEvents(shop, { day: range.to, timezone }, flows)) yield events.map(eventRow);
}
