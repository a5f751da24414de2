import { shareInterval } from "../../statistics/any-look-share.ts";
import type { Interval } from "../../statistics/interval.ts";
import { ANSWERS, type Choice, type Reason } from "./answers.ts";

/** Below so many answers a share says nothing, and might point at somebody. */
export const LEAST_ANSWERS = 10;
/** How rarely an interval may miss the truth, however often staff look. */
const ALPHA = 0.05;

/** How often customers chose an answer. */
export interface ChoiceCount extends Choice {
  readonly orders: number;
}

/** What customers said of one offer. */
export interface Voice {
  readonly helpful: {
    readonly answers: number;
    /** Null below {@link LEAST_ANSWERS}. */
    readonly result: {
      readonly yes: number;
      readonly share: number;
      readonly interval: Interval;
      readonly reasons: readonly { readonly reason: Reason; readonly orders: number }[];
    } | null;
  };
  readonly recommend: {
    readonly answers: number;
    /** Null below {@link LEAST_ANSWERS}. */
    readonly result: {
      /** Net Promoter Score, from -100 to 100. */
      readonly score: number;
      /** Orders by points, from 0 to 10. */
      readonly points: readonly number[];
    } | null;
  };
}

export function voiceOf(counts: readonly ChoiceCount[]): Voice {
  const count = (question: string, answer: string) =>
    counts.reduce((sum, one) => (one.question === question && one.answer === answer ? sum + one.orders : sum), 0);
  const [yes, no] = [count("helpful", "yes"), count("helpful", "no")];
  const points = ANSWERS.recommend.map((answer) => count("recommend", answer));
  const rated = sum(points);
  return {
    helpful: {
      answers: yes + no,
      result:
        yes + no < LEAST_ANSWERS
          ? null
          : {
              ...{ yes, share: yes / (yes + no), interval: shareInterval(yes, yes + no, ALPHA) },
              reasons: ANSWERS.reason.map((reason) => ({ reason, orders: count("reason", reason) })),
            },
    },
    recommend: { answers: rated, result: rated < LEAST_ANSWERS ? null : { score: netPromoterScore(points), points } },
  };
}

/** Percentage of promoters (9 and 10) less that of detractors (0 to 6) (Reichheld, Harvard Business Review 2003). */
export function netPromoterScore(points: readonly number[]): number {
  return (100 * (sum(points.slice(9)) - sum(points.slice(0, 7)))) / sum(points);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
