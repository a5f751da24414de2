import type { UserError } from "../operations/operation.ts";

/**
 * Whether an error has the name of one of the classes below. They are distinguished by it, and not by the class itself: the
 * server's process holds each twice, as Node loaded it and in the bundle of the pages, and errors pass between the two.
 */
function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** Shopify refused what was asked for; asking again would be refused again. */
export class UserErrors extends Error {
  readonly errors: readonly UserError[];

  constructor(operation: string, errors: readonly UserError[]) {
    super(`${operation}: ${errors.map(({ code, message }) => `${code ?? "refused"} (${message})`).join(", ")}`);
    this.name = "UserErrors";
    this.errors = errors;
  }

  static override [Symbol.hasInstance](error: unknown): boolean {
    return isNamed(error, "UserErrors");
  }
}

/** Too much was asked for in too little time, and waiting as long as Shopify asked did not help. */
export class Throttled extends Error {
  override readonly name = "Throttled";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return isNamed(error, "Throttled");
  }
}

/** The shop does not know our token (any more): the app was uninstalled, or the merchant must open it again. */
export class AuthenticationFailed extends Error {
  override readonly name = "AuthenticationFailed";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return isNamed(error, "AuthenticationFailed");
  }
}

/**
 * Why Shopify refuses a token that it knows. `missing-scope`: the merchant has not granted it, or Shopify has not
 * approved it. `unpaid` (HTTP 402): the shop's bill is open. `frozen` (423): Shopify has locked the shop. `no-shop`
 * (404): there is none at this address any more. `address-not-allowed` (403): our server's address is missing from the
 * app's IP allowlist. `rejected` (430): Shopify takes the request for an attack.
 */
export type AccessProblem = "missing-scope" | "unpaid" | "frozen" | "no-shop" | "address-not-allowed" | "rejected";

/** Shopify knows the token and refuses all the same; asking again is of no use before somebody has acted. */
export class AccessDenied extends Error {
  readonly problem: AccessProblem;

  constructor(problem: AccessProblem, message: string) {
    super(message);
    this.name = "AccessDenied";
    this.problem = problem;
  }

  static override [Symbol.hasInstance](error: unknown): boolean {
    return isNamed(error, "AccessDenied");
  }
}

/** The network or Shopify failed; the same again may well work. */
export class TransportFailed extends Error {
  override readonly name = "TransportFailed";

  static override [Symbol.hasInstance](error: unknown): boolean {
    return isNamed(error, "TransportFailed");
  }
}

/** Shopify does not understand what it was asked: a bug of ours. */
export class OperationRefused extends Error {
  /** Shopify's codes, such as `MAX_COST_EXCEEDED`. */
  readonly codes: readonly string[];

  constructor(message: string, codes: readonly string[] = []) {
    super(message);
    this.name = "OperationRefused";
    this.codes = codes;
  }

  static override [Symbol.hasInstance](error: unknown): boolean {
    return isNamed(error, "OperationRefused");
  }
}

/** Whether the shop lacks a permission that this very request needs. */
export function isMissingScope(error: unknown): error is AccessDenied {
  return error instanceof AccessDenied && error.problem === "missing-scope";
}

/** Whether Shopify refuses this very request, and would refuse it again; not us, and not everything about the shop. */
export function isRefusal(error: unknown): error is Error {
  return isMissingScope(error) || error instanceof UserErrors || error instanceof OperationRefused;
}

/** Whether the same request may well work later. */
export function isTemporary(error: unknown): error is TransportFailed | Throttled {
  return error instanceof TransportFailed || error instanceof Throttled;
}

/** Whether an error would come back whatever was asked about the shop now: it says nothing about a single order. */
export function concernsWholeShop(error: unknown): boolean {
  return isTemporary(error) || error instanceof AuthenticationFailed || error instanceof AccessDenied;
}
