import { useFetcher, useSubmit } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { showToast } from "../../kit/app-bridge.ts";
import { useNewAnswer } from "../../kit/use-new-answer.ts";
import { BOUGHT_TOGETHER } from "./list-query.ts";

/** How a product is excluded from all recommendations. */
export interface ExclusionChoice {
  asTrigger: boolean;
  asCompanion: boolean;
}

/** A product excluded in every way: neither suggested with others nor others with it. */
export const EVERYWHERE: ExclusionChoice = { asTrigger: true, asCompanion: true };

interface ExclusionResult {
  intent: "exclude";
  code: string;
  before?: ExclusionChoice;
}

/** Decides about a product as a whole. What was decided is announced with an undo; a refusal stays in words. */
export function useExclusion(product: string, title: string) {
  const { t } = useTranslation("bought-together");
  const fetcherKey = `exclude:${product}`;
  const fetcher = useFetcher<ExclusionResult>({ key: fetcherKey });
  const submit = useSubmit();
  const { data } = fetcher;

  function exclude({ asTrigger, asCompanion }: ExclusionChoice) {
    submit(
      { intent: "exclude", product, asTrigger: String(asTrigger), asCompanion: String(asCompanion) },
      { method: "post", action: BOUGHT_TOGETHER, navigate: false, fetcherKey, preventScrollReset: true },
    );
  }

  useNewAnswer(data, ({ code, before }) => {
    if (code !== "ok" || before === undefined) return;
    const wasExcluded = before.asTrigger || before.asCompanion;
    showToast(t(wasExcluded ? "excluded.toast.changed" : "excluded.toast.done", { product: title }), {
      label: t("toast.undo"),
      run: () => exclude(before),
    });
  });

  const pending = fetcher.state !== "idle";
  return { exclude, pending, refusal: !pending && data !== undefined && data.code !== "ok" ? data.code : null };
}
