import type { UserError } from "./operations/operation.ts";

/** Shopify refused what was asked for; asking again would be refused again. */
export class UserErrors extends Error {
  readonly errors: readonly UserError[];

  constructor(operation: string, errors: readonly UserError[]) {
    super(`${operation}: ${errors.map(({ code, message }) => `${code ?? "refused"} (${message})`).join(", ")}`);
    this.name = "UserErrors";
    this.errors = errors;
  }
}

/** Too much was asked for in too little time, and waiting as long as told did not help. */
export class Throttled extends Error {
  override readonly name = "Throttled";
}

/** The shop does not know our token (any more): the app was uninstalled, or the merchant must open it again. */
export class AuthenticationFailed extends Error {
  override readonly name = "AuthenticationFailed";
}

/** The token is good but a scope is missing. */
export class AccessDenied extends Error {
  override readonly name = "AccessDenied";
}

/** The network or Shopify failed; the same again may well work. */
export class TransportFailed extends Error {
  override readonly name = "TransportFailed";
}

/** Shopify does not understand what it was asked: a bug of ours. */
export class OperationRefused extends Error {
  override readonly name = "OperationRefused";
}
