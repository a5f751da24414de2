import type { LoaderFunctionArgs } from "@remix-run/node";
import { readExperiment } from "../flows/measurement/experiments/read-experiment.ts";
import { csvResponse } from "../server/csv-response.server.ts";
import { requestLanguage } from "../server/language-choice.server.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import type { CsvCell } from "../ui/csv/csv-text.ts";
import { createTranslator, loadMessages } from "../ui/kit/i18n.ts";
import { EXPERIMENT_FILES, EXPERIMENTS } from "../ui/pages/experiments/address.ts";
import { armRows, experimentFileName, lookRows } from "../ui/pages/experiments/experiment-file.ts";

const NUMBER = /^[1-9]\d{0,8}$/;

/** A table of one experiment as a CSV file, in the language of the page. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const number = NUMBER.test(params.id ?? "") ? Number(params.id) : null;
  const shop = await shopOfPart(request, context, number === null ? EXPERIMENTS : `${EXPERIMENTS}/${number}`);
  const asked = new URL(request.url).searchParams.get("file");
  const file = EXPERIMENT_FILES.find((name) => name === asked);
  const view = file === undefined || number === null ? null : await readExperiment(shop, number, context.flows);
  if (file === undefined || view === null) throw new Response(null, { status: 404 });
  const { locale } = await requestLanguage(request);
  await loadMessages(locale.language);
  const { t } = createTranslator(locale.language);
  const rows = { looks: lookRows, arms: armRows }[file](view, t);
  return csvResponse(experimentFileName(file, shop, view.number), whole(rows));
}

async function* whole(rows: (readonly CsvCell[])[]): AsyncGenerator<(readonly CsvCell[])[]> {
  yield rows;
}
