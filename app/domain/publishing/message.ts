import type { PolicyMessages, PublishedPolicy } from "./published.ts";

const FALLBACK_LANGUAGE = "en";

/**
 * The policy's words in the buyer's language: the language itself ("pt-br"), then its base ("pt"), then English.
 * Takes Shopify's codes as well ("PT_BR"). Null where the policy has none of them: a discount needs no message.
 */
export function discountMessages(policy: PublishedPolicy, language: string): PolicyMessages | null {
  const tag = language.toLowerCase().replaceAll("_", "-");
  for (const key of [tag, tag.split("-")[0]!, FALLBACK_LANGUAGE]) {
    if (Object.hasOwn(policy.messages, key)) return policy.messages[key]!;
  }
  return null;
}
