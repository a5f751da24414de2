import { amountsByCurrency, objectIn, record } from "../../app/domain/publishing/read-json.ts";

/** The policy as the release before published it, for golden carts that are written in it. */

const VERSION = 1;

interface PolicyMessages {
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
