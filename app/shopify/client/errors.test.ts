import { describe, expect, test } from "vitest";
import * as errors from "./errors.ts";

/** The classes as they are in the bundle of the pages: a second copy of the same module. */
// @ts-expect-error Vite makes a copy of a module for each query; TypeScript knows none.
const bundled = (await import("./errors.ts?bundled")) as typeof errors;

const made = (from: typeof errors) => ({
  UserErrors: new from.UserErrors("discountCreate", []),
  Throttled: new from.Throttled("Shopify throttles"),
  AuthenticationFailed: new from.AuthenticationFailed("Shopify does not know the token"),
  AccessDenied: new from.AccessDenied("missing-scope", "No"),
  TransportFailed: new from.TransportFailed("Shopify answered 502"),
  OperationRefused: new from.OperationRefused("No"),
});
const NAMES = Object.keys(made(errors)) as (keyof ReturnType<typeof made>)[];

describe("errors of Shopify", () => {
  test("are distinguished in the pages' bundle, which did not make them", () => {
    expect(bundled.TransportFailed).not.toBe(errors.TransportFailed);
    const classes = Object.keys(errors).filter((name) => /^[A-Z]/.test(name));
    expect(classes.sort()).toEqual(NAMES.toSorted());
    for (const name of NAMES) {
      expect(NAMES.filter((other) => made(errors)[name] instanceof bundled[other])).toEqual([name]);
      expect(NAMES.filter((other) => made(bundled)[name] instanceof errors[other])).toEqual([name]);
    }
  });

  test("say there, too, whether the same may work later, and whom it concerns", () => {
    const of = (test: (error: unknown) => boolean) => NAMES.filter((name) => test(made(errors)[name]));
    expect(of(bundled.isTemporary)).toEqual(["Throttled", "TransportFailed"]);
    expect(of(bundled.isRefusal)).toEqual(["UserErrors", "AccessDenied", "OperationRefused"]);
    expect(of(bundled.isMissingScope)).toEqual(["AccessDenied"]);
    expect(of(bundled.concernsWholeShop)).toEqual([
      "Throttled",
      "AuthenticationFailed",
      "AccessDenied",
      "TransportFailed",
    ]);
    expect([new Error("x"), null, "Throttled"].some(bundled.isTemporary)).toBe(false);
  });
});
