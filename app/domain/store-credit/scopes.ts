/** What Shopify lets an app give store credit with; asked for when a merchant chooses it as a reward. */
export const STORE_CREDIT_SCOPES = ["read_store_credit_accounts", "write_store_credit_account_transactions"] as const;
