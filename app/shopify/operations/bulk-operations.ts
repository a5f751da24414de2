import { operation, type UserError } from "./operation.ts";

export type BulkStatus = "CREATED" | "RUNNING" | "COMPLETED" | "CANCELING" | "CANCELED" | "FAILED" | "EXPIRED";

export interface BulkOperation {
  readonly id: string;
  readonly status: BulkStatus;
  readonly createdAt: string;
  readonly errorCode: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | "TIMEOUT" | null;
  /** Decimal strings. */
  readonly rootObjectCount: string;
  readonly objectCount: string;
  readonly fileSize: string | null;
  /** Null where nothing matched; on another host, and open to whoever knows it. */
  readonly url: string | null;
}

export const RUN_BULK_QUERY = operation<
  { query: string },
  { bulkOperationRunQuery: { bulkOperation: { id: string; createdAt: string } | null; userErrors: UserError[] } }
>(`#graphql
  mutation RunBulkQuery($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: false) {
      bulkOperation { id createdAt }
      userErrors { field message code }
    }
  }
`);

export const POLL_BULK_OPERATION = operation<{ id: string }, { bulkOperation: BulkOperation | null }>(`#graphql
  query PollBulkOperation($id: ID!) {
    bulkOperation(id: $id) { id status createdAt errorCode rootObjectCount objectCount fileSize url }
  }
`);
