import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigate, useParams } from "@remix-run/react";
import { useEffect } from "react";
import { z } from "zod";
import type { ExperimentAnswer } from "../views/experiment-answer.ts";
import { newExperiment, readExperiment } from "../flows/measurement/experiments/read-experiment.ts";
import { deleteExperiment, saveExperiment } from "../flows/measurement/experiments/save-experiment.ts";
import { startExperiment } from "../flows/measurement/experiments/start-experiment.ts";
import { requestMeasuring, stopExperiment } from "../flows/measurement/experiments/stop-experiment.ts";
import { signedInShop, signedInStaff } from "../server/signed-in-shop.server.ts";
import { useSplitEmbed } from "../ui/kit/use-split-embed.ts";
import { usePolling } from "../ui/kit/use-polling.ts";
import { EXPERIMENTS, experimentAddress } from "../ui/pages/experiments/address.ts";
import { ExperimentPage } from "../ui/pages/experiments/experiment-page.tsx";
import { NewExperimentPage } from "../ui/pages/experiments/new-experiment-page.tsx";
import type { ExperimentView, NewExperimentView } from "../views/experiments-view.ts";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";

const NEW = "new";
const NUMBER = /^[1-9]\d{0,8}$/;
const LONGEST_CONTENT = 4_000;

/** One experiment, or the form of a new one. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  if (params.id === NEW) {
    const offer = new URL(request.url).searchParams.get("offer") ?? "";
    return {
      shop,
      view: null,
      fresh: await newExperiment(shop, NUMBER.test(offer) ? Number(offer) : null, context.flows),
    };
  }
  if (!NUMBER.test(params.id ?? "")) throw new Response(null, { status: 404 });
  const view = await readExperiment(shop, Number(params.id), context.flows);
  if (view === null) throw new Response(null, { status: 404 });
  return { shop, view, fresh: null };
}

const version = z.coerce.number().int().min(1);
const asked = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("create"), content: z.string().max(LONGEST_CONTENT) }),
  z.object({ intent: z.literal("save"), version, content: z.string().max(LONGEST_CONTENT) }),
  z.object({ intent: z.literal("start"), version }),
  /** `keep`: an offer's number, 0 for none, "all". */
  z.object({ intent: z.literal("stop"), version, keep: z.union([z.literal("all"), z.coerce.number().int().min(0)]) }),
  z.object({ intent: z.literal("delete"), version }),
  z.object({ intent: z.literal("measure") }),
]);

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { shop, flows } = await signedInStaff(request, context);
  const parsed = asked.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) return json({ code: "unreadable" as const }, { status: 400 });
  const { data } = parsed;
  if (data.intent === "create") return json(await saveExperiment(shop, null, contentIn(data.content), flows));
  if (!NUMBER.test(params.id ?? "")) return json({ code: "not-found" as const });
  if (data.intent === "measure") {
    await requestMeasuring(shop, flows);
    return json({ code: "requested" as const });
  }
  const seen = { number: Number(params.id), version: data.version };
  switch (data.intent) {
    case "save":
      return json(await saveExperiment(shop, seen, contentIn(data.content), flows));
    case "start":
      return json(await startExperiment(shop, seen, flows));
    case "stop":
      return json(await stopExperiment(shop, seen, data.keep === "all" ? null : data.keep, flows));
    case "delete":
      return json(await deleteExperiment(shop, seen, flows));
  }
}

function contentIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

type Answer = ExperimentAnswer | { readonly code: "unreadable" | "requested" };

export default function Experiment() {
  const { shop, view, fresh } = useLoaderData<typeof loader>() as {
    shop: string;
    view: ExperimentView | null;
    fresh: NewExperimentView | null;
  };
  const { id } = useParams();
  const navigate = useNavigate();
  const { state, data, submit } = useFetcher<Answer>({ key: `experiment-${id}` });
  const send = (fields: Record<string, string>) => submit(fields, { method: "post" });
  usePolling(view?.measuring != null);
  const made = id === NEW && data?.code === "saved" ? data.number : null;
  useEffect(() => {
    if (made !== null) void navigate(experimentAddress(made), { replace: true });
  }, [made, navigate]);
  useEffect(() => {
    if (data?.code === "deleted") void navigate(EXPERIMENTS, { replace: true });
  }, [data, navigate]);
  const embed = useSplitEmbed(shop);
  const given = { answer: data ?? null, sending: state !== "idle", send };
  if (view === null) return <NewExperimentPage view={fresh!} {...given} />;
  return <ExperimentPage key={view.number} view={view} embed={embed} {...given} />;
}
