import { expect, test } from "vitest";
import { isChoice } from "./answers.ts";
import { netPromoterScore, voiceOf, type ChoiceCount } from "./voice.ts";

const chose = (question: ChoiceCount["question"], answer: string, orders: number): ChoiceCount => ({
  ...{ question, answer, orders },
});

test("says nothing of fewer than ten answers", () => {
  const voice = voiceOf([chose("helpful", "yes", 9), chose("recommend", "10", 9)]);
  expect(voice).toEqual({ helpful: { answers: 9, result: null }, recommend: { answers: 9, result: null } });
  expect(voiceOf([])).toMatchObject({ helpful: { answers: 0 }, recommend: { answers: 0 } });
});

test("gives the share with its interval, and the reasons of those who say no", () => {
  const { helpful } = voiceOf([
    ...[chose("helpful", "yes", 30), chose("helpful", "no", 10)],
    ...[chose("reason", "price", 6), chose("reason", "unrelated", 2)],
  ]);
  expect(helpful.result).toMatchObject({
    ...{ yes: 30, share: 0.75 },
    reasons: [
      { reason: "unrelated", orders: 2 },
      { reason: "price", orders: 6 },
      { reason: "in-the-way", orders: 0 },
    ],
  });
  const { low, high } = helpful.result!.interval;
  expect(low).toBeGreaterThan(0.5);
  expect(high).toBeLessThan(0.95);
});

test("the score is promoters less detractors", () => {
  expect(netPromoterScore([0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 7])).toBe(100);
  expect(netPromoterScore([10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])).toBe(-100);
  // Four promoters, four in between, two detractors.
  expect(netPromoterScore([1, 0, 0, 0, 0, 0, 1, 2, 2, 1, 3])).toBe(20);
  const { recommend } = voiceOf([chose("recommend", "10", 6), chose("recommend", "6", 6)]);
  expect(recommend).toMatchObject({ answers: 12, result: { score: 0, points: [0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 6] } });
});

test("knows the answers that there are, and no other", () => {
  expect(isChoice({ question: "helpful", answer: "no" })).toBe(true);
  expect(isChoice({ question: "recommend", answer: "10" })).toBe(true);
  for (const [question, answer] of [
    ...[
      ["recommend", "11"],
      ["recommend", 10],
      ["helpful", "maybe"],
      ["comment", "yes"],
      ["toString", "yes"],
    ],
    ...[
      [undefined, undefined],
      [{}, []],
    ],
  ]) {
    expect(isChoice({ question, answer })).toBe(false);
  }
});
