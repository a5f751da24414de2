/** One bulk operation, as the Admin API tells of it. */
export interface BulkOperation {
  id: string;
  query: string;
  groupObjects: boolean;
  status: "CREATED" | "RUNNING" | "COMPLETED" | "CANCELING" | "CANCELED" | "FAILED" | "EXPIRED";
  createdAt: number;
  completedAt: number | null;
  errorCode: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | "TIMEOUT" | null;
  objectCount: number;
  rootObjectCount: number;
  fileSize: number | null;
  /** Unguessable part of the file's address. */
  secret: string;
  /** Scopes of the token that started it. */
  scopes: string[];
}
