/** @jsxImportSource preact */
import type { Api } from "@shopify/ui-extensions/purchase.thank-you.block.render";
import { useRef, useState } from "preact/hooks";
import { ANSWERS, type Question } from "../../../extension-kit/domain.ts";
import { type OfferedLine, publishAnswer, rememberAnswered } from "../../../extension-kit/opinion.ts";

/** A press that comes sooner after the question was changed belongs to the question before: people press twice. */
const TOO_SOON_MS = 400;

type Step = Question | "thanks" | "skipped";

/**
 * Asks once about an offer that the order used: was it helpful, if not why, and whether the buyer would recommend the shop.
 * Every answer is a press, and counts by itself; whoever skips is not asked again. The buttons of one question become those
 * of the next one, so that the focus stays where it is.
 */
export function Opinion({ api, about }: { api: Api; about: OfferedLine }) {
  const [step, setStep] = useState<Step>("helpful");
  const changedAt = useRef(-Infinity);
  const { translate } = api.i18n;
  const go = (next: Step) => {
    changedAt.current = performance.now();
    setStep(next);
    void rememberAnswered(api, about.order);
  };
  const choose = (question: Question, answer: string) => {
    if (performance.now() - changedAt.current < TOO_SOON_MS) return;
    publishAnswer(api, about, { question, answer });
    go(question === "helpful" && answer === "no" ? "reason" : question === "recommend" ? "thanks" : "recommend");
  };
  if (step === "skipped") return null;
  if (step === "thanks") {
    return (
      <s-stack accessibilityRole="status">
        <s-text>{translate("opinion.thanks")}</s-text>
      </s-stack>
    );
  }
  return (
    <s-stack gap="small-300">
      <s-stack accessibilityRole="status">
        <s-heading>{translate(`opinion.${step}`, { title: about.title, shop: api.shop.name })}</s-heading>
      </s-stack>
      <s-stack direction="inline" gap="small-300">
        {ANSWERS[step].map((answer) => (
          <s-button
            variant="secondary"
            accessibilityLabel={
              step === "recommend" ? translate("opinion.points", { points: answer, most: "10" }) : undefined
            }
            onClick={() => choose(step, answer)}
          >
            {step === "recommend" ? answer : translate(`opinion.${step}-${answer}`)}
          </s-button>
        ))}
      </s-stack>
      {step === "recommend" && <s-text color="subdued">{translate("opinion.scale")}</s-text>}
      <s-link onClick={() => go("skipped")}>{translate("opinion.skip")}</s-link>
    </s-stack>
  );
}
