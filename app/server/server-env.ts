import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

/** What a handler finds in Hono's context beside the request. */
export interface ServerEnv {
  Bindings: HttpBindings;
  Variables: {
    /** Why a request was refused, for the log. */
    refusal?: string;
    /** More for the request's line in the log: no secrets, nothing of customers. */
    logged?: Record<string, string>;
  };
}

export type ServerContext = Context<ServerEnv>;
