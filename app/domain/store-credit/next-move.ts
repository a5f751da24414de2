/** Why nothing was given for an order, or could not be taken back. */
export const CREDIT_REASONS = ["nothing-owed", "no-customer", "not-paid", "refused", "order-gone", "spent"] as const;
export type CreditReason = (typeof CREDIT_REASONS)[number];

/** All that decides about one order's credit from one offer. Amounts in the currency that was paid in. */
export interface CreditFacts {
  /** What the order earns as it is now. */
  readonly owedMinor: number;
  /** Whether the days to wait are over. */
  readonly isDue: boolean;
  /** Whether all of it was paid at some time. */
  readonly isPaid: boolean;
  readonly hasCustomer: boolean;
  /** What was given, and what of it was taken back. */
  readonly creditedMinor: number;
  readonly takenBackMinor: number;
  /** What is left of it with the customer. */
  readonly leftMinor: number;
}

/** Money to move now. */
export interface WantedMove {
  readonly do: "credit" | "debit";
  readonly minor: number;
}

/** No money to move now; the reason is null where all is as it should be. */
export type NoMove =
  | { readonly do: "wait"; readonly for: "days" | "payment" }
  | { readonly do: "nothing"; readonly reason: CreditReason | null };

/** What is to be done now. */
export type NextMove = WantedMove | NoMove;

/** Gives what is owed once it is paid and due, and takes back what is owed no more, as far as it is left. */
export function nextMove(facts: CreditFacts): NextMove {
  const { owedMinor, creditedMinor, takenBackMinor } = facts;
  if (creditedMinor === 0) return firstMove(facts);
  const excess = creditedMinor - takenBackMinor - owedMinor;
  if (excess <= 0) return { do: "nothing", reason: null };
  const minor = Math.min(excess, facts.leftMinor);
  return minor > 0 ? { do: "debit", minor } : { do: "nothing", reason: "spent" };
}

function firstMove({ owedMinor, isDue, isPaid, hasCustomer }: CreditFacts): NextMove {
  if (owedMinor <= 0) return { do: "nothing", reason: "nothing-owed" };
  if (!hasCustomer) return { do: "nothing", reason: "no-customer" };
  if (!isPaid) return { do: "wait", for: "payment" };
  if (!isDue) return { do: "wait", for: "days" };
  return { do: "credit", minor: owedMinor };
}
