/** What the app answers for one order; amounts are decimals in `currency`. See `app/views/order-offers-view.ts`. */
export interface OrderOffers {
  readonly currency: string;
  /** What is shown in place of what Shopify says was paid. Absent in answers of earlier releases. */
  readonly instead?: "stored" | "stored-converted" | "converted" | null;
  readonly saved: readonly { readonly name: string; readonly amount: string }[];
  readonly otherDiscounts: string;
  /** Whether some of the other discounts may be ours. Absent in answers of earlier releases. */
  readonly savedUnknown?: boolean;
  readonly through: readonly { readonly title: string; readonly surface: string; readonly offer: string }[];
  /** Amounts in `currency` of each. Absent in answers of earlier releases. */
  readonly credits?: readonly {
    readonly offer: string;
    readonly currency: string;
    readonly given: string;
    readonly takenBack: string;
    readonly lost: string;
    readonly reason: string | null;
    readonly dueAt: string;
  }[];
  readonly today: readonly {
    readonly offer: string;
    readonly code: "applied" | "partly-applied" | "lost";
    readonly saved: string;
    readonly lostTo: readonly string[];
    readonly more: string;
  }[];
  readonly simulator: string;
}

export type Answer = { readonly code: "found"; readonly view: OrderOffers } | { readonly code: "not-found" | "failed" };

/**
 * Asks the app about an order. Shopify resolves the path against the app's address and adds the session token, as it does
 * for every request of an admin extension to its own app. Never throws.
 */
export async function askForOrder(id: string, language: string, send: typeof fetch): Promise<Answer> {
  try {
    const response = await send(`/app/order-offers?${new URLSearchParams({ id, language }).toString()}`);
    if (response.status === 404) return { code: "not-found" };
    if (!response.ok) return { code: "failed" };
    const answer = (await response.json()) as { code?: unknown; view?: OrderOffers };
    return answer.code === "found" && answer.view !== undefined
      ? { code: "found", view: answer.view }
      : { code: "failed" };
  } catch {
    return { code: "failed" };
  }
}
