import { numberOfTag } from "../../pricing/customer-tags.ts";

/** For whom an offer is, as far as its conditions name tags. */
interface Tagged {
  readonly shoppers: readonly (readonly { readonly shopper: string; readonly inTags?: readonly string[] }[])[];
}

/** Tags that a query of a discount Function can be given. */
const MOST_TAGS = 100;
/** Bytes of the answers about all of them: the lines of a cart need the others of the 128,000 of a Function's input. */
export const MOST_ANSWER_BYTES = 2_000;

/**
 * The tags of customers that the conditions of some offers name, each once: as staff wrote them, but for capital letters
 * other than A to Z. The discount Function makes these small itself to get the number of a tag.
 */
export function askedTags(audiences: readonly Tagged[]): string[] {
  const tags = audiences.flatMap(({ shoppers }) => shoppers.flat().flatMap(({ inTags }) => inTags ?? []));
  return [...new Map(tags.map((tag) => [numberOfTag(tag), tag.trim().replace(/[^\0-\x7f]/gu, smallLetter)])).values()];
}

function smallLetter(letter: string): string {
  return letter.toLowerCase();
}

/** Whether the discount Function can ask about all of these tags. */
export function areTagsAskable(tags: readonly string[]): boolean {
  return tags.length <= MOST_TAGS && answerBytes(tags) <= MOST_ANSWER_BYTES;
}

/** Bytes of the longer answer about each tag, as the Function's query names its parts. */
export function answerBytes(tags: readonly string[]): number {
  const answers = tags.map((tag) => JSON.stringify({ t: tag, is: false }));
  return new TextEncoder().encode(answers.join(",")).length;
}

/** The variables of the Function's queries: the text of the discount's metafield. */
export function askedText(tags: readonly string[]): string {
  return JSON.stringify({ tags });
}

/** The tags by the number that stands for each in tests: what theme blocks compare with those of the customer. */
export function tagsByNumber(tags: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map((tag) => [String(numberOfTag(tag)), tag]));
}
