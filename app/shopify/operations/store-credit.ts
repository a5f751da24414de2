import { operation, type UserError } from "./operation.ts";

interface MoneyNode {
  readonly amount: string;
  readonly currencyCode: string;
}

export interface CreditOrderNode {
  readonly id: string;
  readonly displayFinancialStatus: string | null;
  readonly totalPriceSet: { readonly shopMoney: MoneyNode; readonly presentmentMoney: MoneyNode };
  readonly customer: { readonly id: string } | null;
}

/** Whose an order is, whether it is paid, and what it cost in both of its currencies. */
export const CREDIT_ORDER = operation<{ id: string }, { order: CreditOrderNode | null }>(`#graphql
  query CreditOrder($id: ID!) {
    order(id: $id) {
      id displayFinancialStatus
      totalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
      customer { id }
    }
  }
`);

/** A transaction of a store credit account. */
export interface CreditTransactionNode {
  readonly __typename: string;
  /** Of credits and debits. */
  readonly id?: string;
  readonly createdAt: string;
  readonly amount: MoneyNode;
  readonly expiresAt?: string | null;
  /** What made it: an order's payment, say; null for staff and apps. */
  readonly origin: { readonly __typename: string } | null;
}

export interface CreditAccountNode {
  readonly balance: MoneyNode;
  readonly transactions: { readonly nodes: readonly CreditTransactionNode[] };
}

/** Transactions of an account that are looked through for one whose answer was lost. */
export const TRANSACTIONS_AT_ONCE = 100;

/** The latest transactions of a customer's accounts. */
export const CREDIT_TRANSACTIONS = operation<
  { id: string },
  { customer: { readonly storeCreditAccounts: { readonly nodes: readonly CreditAccountNode[] } } | null }
>(`#graphql
  query CreditTransactions($id: ID!) {
    customer(id: $id) {
      storeCreditAccounts(first: 10) {
        nodes {
          balance { amount currencyCode }
          transactions(first: ${TRANSACTIONS_AT_ONCE}, reverse: true, sortKey: CREATED_AT) {
            nodes {
              __typename createdAt
              amount { amount currencyCode }
              origin { __typename }
              ... on StoreCreditAccountCreditTransaction { id expiresAt }
              ... on StoreCreditAccountDebitTransaction { id }
            }
          }
        }
      }
    }
  }
`);

export interface CreditLeftNode {
  readonly expiresAt: string | null;
  readonly remainingAmount: MoneyNode;
  readonly account: { readonly id: string; readonly balance: MoneyNode };
}

/** What is left of one credit, and of its account. */
export const CREDIT_LEFT = operation<{ id: string }, { node: CreditLeftNode | null }>(`#graphql
  query CreditLeft($id: ID!) {
    node(id: $id) {
      ... on StoreCreditAccountCreditTransaction {
        expiresAt
        remainingAmount { amount currencyCode }
        account { id balance { amount currencyCode } }
      }
    }
  }
`);

interface MoveAnswer {
  readonly storeCreditAccountTransaction: { readonly id: string } | null;
  readonly userErrors: readonly UserError[];
}

/** Gives a customer store credit. Shopify knows no repeated call: an answer that is lost must be looked for. */
export const CREDIT_CUSTOMER = operation<
  { id: string; input: { creditAmount: MoneyNode; expiresAt: string | null; notify: boolean } },
  { storeCreditAccountCredit: MoveAnswer | null }
>(
  `#graphql
  mutation CreditCustomer($id: ID!, $input: StoreCreditAccountCreditInput!) {
    storeCreditAccountCredit(id: $id, creditInput: $input) {
      storeCreditAccountTransaction { id }
      userErrors { field message code }
    }
  }
`,
  { once: true },
);

/** Takes store credit off an account; as {@link CREDIT_CUSTOMER}. */
export const DEBIT_ACCOUNT = operation<
  { id: string; input: { debitAmount: MoneyNode } },
  { storeCreditAccountDebit: MoveAnswer | null }
>(
  `#graphql
  mutation DebitAccount($id: ID!, $input: StoreCreditAccountDebitInput!) {
    storeCreditAccountDebit(id: $id, debitInput: $input) {
      storeCreditAccountTransaction { id }
      userErrors { field message code }
    }
  }
`,
  { once: true },
);
