import type { OfferId } from "../../ids.ts";

/** What customers are asked after an order that used an offer, and what they can choose. Nothing can be written freely. */
export const ANSWERS = {
  /** Was the offer helpful? */
  helpful: ["yes", "no"],
  /** Why it was not. */
  reason: ["unrelated", "price", "in-the-way"],
  /** How likely they are to recommend the shop to a friend. */
  recommend: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
} as const;

export type Question = keyof typeof ANSWERS;
export type Reason = (typeof ANSWERS)["reason"][number];
export const QUESTIONS = Object.keys(ANSWERS) as Question[];

/** One choice of a customer. */
export interface Choice {
  readonly question: Question;
  readonly answer: string;
}

/** Whether a question and an answer are among those that there are. */
export function isChoice(given: { readonly question: unknown; readonly answer: unknown }): given is Choice {
  const question = QUESTIONS.find((one) => one === given.question);
  return question !== undefined && (ANSWERS[question] as readonly unknown[]).includes(given.answer);
}

/** A choice as it came: it counts only where the order has a line that came through the offer. */
export interface SentAnswer extends Choice {
  /** Number of the order. */
  readonly order: string;
  readonly offerId: OfferId;
  /** Number of the offer. */
  readonly offer: number;
  /** Milliseconds since 1970 UTC, by the customer's clock. */
  readonly at: number;
}
