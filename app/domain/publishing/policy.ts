import { amountsByCurrency, objectIn, record } from "./read-json.ts";

/** What the discount Function reads of the shop in version 1. */

const VERSION = 1;

export interface PolicyMessages {
  readonly set: string;
  readonly shipping: string;
}

export interface PublishedPolicy {
  readonly version: typeof VERSION;
  /** Whether bought-together discounts are on. */
  readonly sets: boolean;
  /** Free shipping from these amounts, in minor units by currency; null for no goal. */
  readonly goal: Readonly<Record<string, number>> | null;
  /** By language code, lower case ("en", "ja"). */
  readonly messages: Readonly<Record<string, PolicyMessages>>;
}

/** What discounts are called at checkout, by language. */
const MESSAGES: Readonly<Record<string, PolicyMessages>> = {
  en: { set: "Bought together", shipping: "Free shipping" },
  ja: { set: "ついで買い割引", shipping: "送料無料" },
};

/** The text of the policy. */
export function compilePolicy(policy: Pick<PublishedPolicy, "sets" | "goal">): string {
  const published: PublishedPolicy = { version: VERSION, ...policy, messages: MESSAGES };
  return JSON.stringify(published);
}

/** Reads the policy. Null for anything else. */
export function parsePolicy(value: unknown): PublishedPolicy | null {
  const json = objectIn(value);
  if (json?.version !== VERSION) return null;
  const messages: Record<string, PolicyMessages> = {};
  for (const [language, texts] of Object.entries(record(json.messages) ?? {})) {
    const { set, shipping } = record(texts) ?? {};
    if (typeof set === "string" && typeof shipping === "string") messages[language.toLowerCase()] = { set, shipping };
  }
  return { version: VERSION, sets: json.sets === true, goal: amountsByCurrency(json.goal), messages };
}
