import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { OfferTypeName } from "../../../domain/offers/offer-type-name.ts";
import type { BacktestView } from "../../../views/backtest-view.ts";
import type { ShapeForm } from "../../forms/shape-form.ts";
import { parseOfferForm } from "../offer-form.ts";

const BACKTEST = "/app/backtest";
const POLL_MS = 700;

/** What the action of backtests answers. */
export type BacktestAnswer =
  { readonly code: "requested"; readonly digest: string } | { readonly code: "cancelled" | "invalid" | "failed" };

export interface Backtest {
  /** Null before anything was tried, and until its first answer is there. */
  readonly view: BacktestView | null;
  /** Asked for, and not ended yet. */
  readonly running: boolean;
  /** Nothing came of asking for it. */
  readonly failed: boolean;
  /** The offer in the form is another one than the one that was tried. */
  readonly outdated: boolean;
  /** The form has mistakes: there is no offer to try. */
  readonly invalid: boolean;
  start(again: boolean): void;
  cancel(): void;
}

/** Tries the offer as it stands in its form, saved or not, and follows it until it has ended. */
export function useBacktest(type: OfferTypeName, form: ShapeForm): Backtest {
  const asked = useFetcher<BacktestAnswer>({ key: "backtest-asked" });
  const read = useFetcher<{ view: BacktestView | null } | null>({ key: "backtest" });
  const [tried, setTried] = useState<string | null>(null);
  const [digest, setDigest] = useState<string | null>(null);
  const [before, setBefore] = useState<unknown>();
  const parsed = parseOfferForm(type, { ...form, status: "draft" });
  const content = parsed.code === "ok" ? decisive(parsed.input) : null;
  const answer = asked.state === "idle" ? asked.data : undefined;
  if (answer?.code === "requested" && answer.digest !== digest) setDigest(answer.digest);

  // What was read before an offer is tried again says nothing of it.
  const found = read.data === before ? null : (read.data?.view ?? null);
  const view = found !== null && found.digest === digest ? found : null;
  const isOpen = view === null || view.status === "waiting" || view.status === "running";
  const isAsked = asked.state !== "idle" && asked.formData?.get("intent") !== "cancel";
  const { load, state } = read;
  useEffect(() => {
    if (digest === null || !isOpen || state !== "idle") return;
    const timer = setTimeout(() => load(`${BACKTEST}?digest=${digest}`), view === null ? 0 : POLL_MS);
    return () => clearTimeout(timer);
  }, [digest, isOpen, state, load, view]);

  return {
    view: isAsked ? null : view,
    running: isAsked || (digest !== null && isOpen),
    failed: answer?.code === "failed" || answer?.code === "invalid",
    outdated: tried !== null && content !== null && content !== tried,
    invalid: content === null,
    start(again) {
      setTried(content);
      setBefore(read.data);
      setDigest(null);
      const fields = { intent: again ? "again" : "try", type, form: JSON.stringify({ fields: form, version: 0 }) };
      asked.submit(fields, { method: "post", action: BACKTEST });
    },
    cancel() {
      if (digest !== null) asked.submit({ intent: "cancel", digest }, { method: "post", action: BACKTEST });
    },
  };
}

/** What of an offer a backtest goes by. */
function decisive({ config, reward, conditions, audience, mode }: Parsed): string {
  return JSON.stringify({ config, reward, conditions, audience, mode });
}

type Parsed = Extract<ReturnType<typeof parseOfferForm>, { code: "ok" }>["input"];
