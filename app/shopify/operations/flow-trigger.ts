import { operation, type UserError } from "./operation.ts";

/** Starts the workflows of Shopify Flow that begin with a trigger of ours. */
export const SEND_FLOW_TRIGGER = operation<
  { handle: string; payload: Readonly<Record<string, unknown>> },
  { flowTriggerReceive: { readonly userErrors: readonly UserError[] } | null }
>(
  `#graphql
  mutation SendFlowTrigger($handle: String!, $payload: JSON!) {
    flowTriggerReceive(handle: $handle, payload: $payload) { userErrors { field message } }
  }
`,
  { once: true },
);
