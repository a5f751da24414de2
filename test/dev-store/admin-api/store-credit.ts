import { GraphQLError } from "graphql";
import { gidOf, parseGid } from "../shop/gid.ts";
import { parseAmount } from "../shop/money.ts";
import type { DevCreditAccount, DevCreditTransaction } from "../shop/state.ts";
import type { AdminContext } from "./context.ts";
import { iso, list, requireScope, typed, type Fields, type TypeFields } from "./fields.ts";
import { moneyV2 } from "./money-bag.ts";

/** An account together with what its customer has. */
interface AccountOf {
  readonly account: DevCreditAccount;
}
interface TransactionOf extends AccountOf {
  readonly transaction: DevCreditTransaction;
}
interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly field: string[];
}

const READ_ACCOUNTS = "read_store_credit_accounts";
const WRITE = "write_store_credit_account_transactions";

function balanceOf({ transactions }: DevCreditAccount): number {
  return transactions.reduce((sum, { kind, minor }) => sum + (kind === "credit" ? minor : -minor), 0);
}

const NAMES = { credit: "StoreCreditAccountCreditTransaction", debit: "StoreCreditAccountDebitTransaction" } as const;

function transactionNode(account: DevCreditAccount, transaction: DevCreditTransaction) {
  return typed(NAMES[transaction.kind], { account, transaction } satisfies TransactionOf);
}

const account: Fields<AccountOf> = {
  id: ({ account: { id } }) => gidOf("StoreCreditAccount", id),
  balance: ({ account: source }) => moneyV2(balanceOf(source), source.currency),
  owner: ({ account: { customerId } }) => typed("Customer", { customerId }),
  transactions: list(({ account: source }, _args, context) => {
    requireScope(context, "transactions", "read_store_credit_account_transactions");
    return source.transactions.map((one) => transactionNode(source, one));
  }),
};

const transaction: Fields<TransactionOf> = {
  id: ({ transaction: { id, kind } }) => gidOf(NAMES[kind], id),
  account: ({ account: source }) => ({ account: source }) satisfies AccountOf,
  amount: ({ account: { currency }, transaction: { minor, kind } }) =>
    moneyV2(kind === "credit" ? minor : -minor, currency),
  createdAt: ({ transaction: { at } }) => iso(at),
  event: () => "ADJUSTMENT",
  origin: () => null,
};

const credited: Fields<TransactionOf> = {
  ...transaction,
  expiresAt: ({ transaction: { expiresAt } }) => (expiresAt === null ? null : iso(expiresAt)),
  remainingAmount: ({ account: { currency }, transaction: { remainingMinor } }) => moneyV2(remainingMinor, currency),
};

/** A credit or debit as `node` gives it: null where there is none. */
export function creditTransactionNode(id: string, context: AdminContext): object | null {
  requireScope(context, "node", "read_store_credit_account_transactions");
  for (const source of context.shop.creditAccounts?.values() ?? []) {
    const found = source.transactions.find((one) => one.id === id);
    if (found !== undefined) return transactionNode(source, found);
  }
  return null;
}

/** The accounts of a customer. */
export function creditAccountsOf(customerId: string, context: AdminContext): AccountOf[] {
  requireScope(context, "storeCreditAccounts", READ_ACCOUNTS);
  const all = [...(context.shop.creditAccounts?.values() ?? [])];
  return all.filter((one) => one.customerId === customerId).map((one) => ({ account: one }));
}

const refused = (code: string, message: string, ...field: string[]) => ({
  storeCreditAccountTransaction: null,
  userErrors: [{ code, message, field } satisfies Refusal],
});

/** The account that an id names: its own, or the one that a customer has, or gets, in a currency. */
function accountFor(id: unknown, currency: string, context: AdminContext): DevCreditAccount | null {
  const gid = parseGid(String(id));
  if (gid?.resource === "StoreCreditAccount") return context.shop.creditAccounts?.get(gid.id) ?? null;
  if (gid?.resource !== "Customer") throw new GraphQLError(`Invalid global id '${String(id)}'`);
  if (context.changes.ordersOfCustomer(gid.id) === 0) return null;
  const own = creditAccountsWith(gid.id, context).find((one) => one.currency === currency);
  return own ?? { id: context.changes.nextId("credit-account"), customerId: gid.id, currency, transactions: [] };
}

function creditAccountsWith(customerId: string, { shop }: AdminContext): DevCreditAccount[] {
  return [...(shop.creditAccounts?.values() ?? [])].filter((one) => one.customerId === customerId);
}

/** Debits spend what expires soonest first. */
function spend(transactions: readonly DevCreditTransaction[], minor: number): DevCreditTransaction[] {
  let left = minor;
  const spent = new Map<string, number>();
  const byExpiry = transactions
    .filter(({ kind }) => kind === "credit")
    .toSorted((a, b) => (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) || a.at - b.at);
  for (const { id, remainingMinor } of byExpiry) {
    const part = Math.min(left, remainingMinor);
    spent.set(id, part);
    left -= part;
  }
  return transactions.map((one) => ({ ...one, remainingMinor: one.remainingMinor - (spent.get(one.id) ?? 0) }));
}

interface MoneyInput {
  readonly amount: unknown;
  readonly currencyCode: string;
}

const mutation: Fields<null> = {
  storeCreditAccountCredit: (_source, args, context) => {
    requireScope(context, "storeCreditAccountCredit", WRITE);
    const input = args.creditInput as { creditAmount: MoneyInput; expiresAt?: unknown };
    const { currencyCode: currency } = input.creditAmount;
    const minor = parseAmount(String(input.creditAmount.amount), currency);
    if (minor <= 0) return refused("NEGATIVE_OR_ZERO_AMOUNT", "Amount must be positive", "creditInput", "creditAmount");
    const known = new Set([context.shop.currency, ...context.shop.markets.map((market) => market.currency)]);
    if (!known.has(currency)) return refused("UNSUPPORTED_CURRENCY", "Currency is not supported", "creditInput");
    const expiresAt = input.expiresAt == null ? null : Date.parse(String(input.expiresAt));
    if (expiresAt !== null && expiresAt <= context.now()) {
      return refused("EXPIRES_AT_IN_PAST", "Expiry must be in the future", "creditInput", "expiresAt");
    }
    const found = accountFor(args.id, currency, context);
    if (found === null) return refused("OWNER_NOT_FOUND", "Owner does not exist", "id");
    if (found.currency !== currency) return refused("MISMATCHING_CURRENCY", "Another currency", "creditInput");
    const own = { id: context.changes.nextId("credit-transaction"), at: context.now(), minor, expiresAt };
    const made: DevCreditTransaction = { ...own, kind: "credit", remainingMinor: minor };
    const changed = { ...found, transactions: [...found.transactions, made] };
    context.changes.putCreditAccount(changed);
    return { storeCreditAccountTransaction: transactionNode(changed, made), userErrors: [] };
  },
  storeCreditAccountDebit: (_source, args, context) => {
    requireScope(context, "storeCreditAccountDebit", WRITE);
    const { debitAmount } = args.debitInput as { debitAmount: MoneyInput };
    const minor = parseAmount(String(debitAmount.amount), debitAmount.currencyCode);
    if (minor <= 0) return refused("NEGATIVE_OR_ZERO_AMOUNT", "Amount must be positive", "debitInput", "debitAmount");
    const gid = parseGid(String(args.id));
    const found = gid?.resource === "StoreCreditAccount" ? context.shop.creditAccounts?.get(gid.id) : undefined;
    if (found === undefined) return refused("ACCOUNT_NOT_FOUND", "The account could not be found", "id");
    if (found.currency !== debitAmount.currencyCode) return refused("MISMATCHING_CURRENCY", "Another currency", "id");
    if (balanceOf(found) < minor) return refused("INSUFFICIENT_FUNDS", "Not enough funds", "debitInput");
    const own = { id: context.changes.nextId("credit-transaction"), at: context.now(), minor, expiresAt: null };
    const made: DevCreditTransaction = { ...own, kind: "debit", remainingMinor: 0 };
    const changed = { ...found, transactions: [...spend(found.transactions, minor), made] };
    context.changes.putCreditAccount(changed);
    return { storeCreditAccountTransaction: transactionNode(changed, made), userErrors: [] };
  },
};

const query: Fields<null> = {
  storeCreditConfiguration: (_source, _args, context) => {
    requireScope(context, "storeCreditConfiguration", READ_ACCOUNTS);
    return { storeCreditEnabled: context.shop.noStoreCredit !== true };
  },
};

export const storeCreditFields: TypeFields = {
  QueryRoot: query,
  Mutation: mutation,
  StoreCreditAccount: account,
  StoreCreditAccountCreditTransaction: credited,
  StoreCreditAccountDebitTransaction: transaction,
};
