import type { BadgeProps } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ExperimentAnswer, StartRefusal } from "../../../views/experiment-answer.ts";
import type { ComparedOfferView, ExperimentRowView } from "../../../views/experiments-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { armNames, comparedOfferName } from "./arm-names.ts";
import { verdictText } from "./verdict-words.ts";

export type SentAnswer = ExperimentAnswer | { readonly code: "unreadable" | "requested" };

/** The state of an experiment that staff see. */
export type ExperimentState = "draft" | "running" | "decided" | "ended";

/** The colour of each state's badge. */
export const STATE_TONES: Readonly<Record<ExperimentState, BadgeProps["tone"]>> = {
  draft: "info",
  running: "success",
  decided: "attention",
  ended: undefined,
};

/** `decided`: the last look was taken, and staff have not chosen yet what to keep. */
export function stateOf(view: Pick<ExperimentRowView, "status" | "isDecided">): ExperimentState {
  return view.status === "running" && view.isDecided ? "decided" : view.status;
}

/** What the pages say of an experiment; dates are those of the time zone. */
export function useExperimentWords(timezone?: string) {
  const { t } = useTranslation("experiments");
  const formats = useFormats(timezone);
  const { t: anyText } = useTranslation();
  const offer = (compared: ComparedOfferView) => comparedOfferName(compared, anyText);
  const arms = (view: Pick<ExperimentRowView, "arms">) => armNames(view.arms, anyText);
  const name = (view: Pick<ExperimentRowView, "name" | "number">) =>
    view.name === "" ? t("unnamed", { number: view.number }) : view.name;
  const refusal = (given: StartRefusal, offers: readonly ComparedOfferView[]) => {
    const named = (numbers: readonly number[]) =>
      formats.list(
        numbers.map((number) => {
          const found = offers.find((one) => one.number === number);
          return found === undefined ? t("goneOffer") : offer(found);
        }),
      );
    switch (given.reason) {
      case "offers-not-shown":
        return t("refusal.offers-not-shown", { offers: named(given.offers) });
      case "discounts-differ":
        return t("refusal.discounts-differ", { offers: named(given.offers) });
      case "for-campaigns":
        return t("refusal.for-campaigns", { offers: named(given.offers) });
      case "shoppers-busy":
        return t("refusal.shoppers-busy", { share: formats.percent(given.largestPercent / 100) });
      case "few-buyers":
        return t("refusal.few-buyers", { buyers: formats.number(given.buyers), needed: formats.number(given.needed) });
      default:
        return t(`refusal.${given.reason}`);
    }
  };
  return {
    offer,
    arms,
    name,
    refusal,
    /** What a button says that ends the experiment and keeps an offer, 0 for none. */
    keep: ({ arms: all }: Pick<ExperimentRowView, "arms">, kept: number) => {
      if (kept === 0) return t("keep.none");
      if (all.some(({ offer: shown }) => shown === null)) return t("keep.shown");
      return all[0]?.offer?.number === kept ? t("keep.control") : t("keep.variant");
    },
    state: (state: ExperimentState) => t(`state.${state}`),
    verdict: (view: Pick<ExperimentRowView, "arms" | "verdict">) =>
      view.verdict === null ? t("noLook") : verdictText(view.verdict, arms(view), t, formats),
    /** What became of what staff asked for; null where there is nothing to say. */
    answer: (answer: SentAnswer | null, offers: readonly ComparedOfferView[]) => {
      if (answer === null || answer.code === "saved" || answer.code === "deleted" || answer.code === "requested") {
        return null;
      }
      return answer.code === "refused" ? refusal(answer.refusal, offers) : t(`answer.${answer.code}`);
    },
  };
}
