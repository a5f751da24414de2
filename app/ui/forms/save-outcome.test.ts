import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answerOrFailure, readAgainAfterSave } from "./save-outcome.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const outcomeOf = (answer: () => Promise<unknown>) => answerOrFailure({ serverAction: answer as <T>() => Promise<T> });

test("the app's own answers pass as they are", async () => {
  for (const answer of [{ code: "saved", version: 3 }, { code: "stale" }, { code: "unreadable" }])
    expect(await outcomeOf(async () => answer)).toBe(answer);
});

test.each([
  ["no connection", new TypeError("Failed to fetch"), "offline"],
  ["a failure of the server", new Error("Unexpected Server Error"), "server"],
  ["a refusal that the admin could not fix", new Response(null, { status: 401 }), "signed-out"],
])("%s is an answer, not an exception that replaces the page", async (_, thrown, reason) => {
  const outcome = await outcomeOf(() => Promise.reject(thrown as Error));
  expect(outcome).toEqual({ code: "failed", reason });
});

test("without a connection nothing is sent, since the token for it may never come", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  const send = vi.fn(() => new Promise(() => undefined));
  expect(await outcomeOf(send)).toEqual({ code: "failed", reason: "offline" });
  expect(send).not.toHaveBeenCalled();
  vi.stubGlobal("navigator", { onLine: true });
  const outcome = outcomeOf(send);
  vi.stubGlobal("navigator", { onLine: false });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await outcome).toEqual({ code: "failed", reason: "offline" });
  vi.unstubAllGlobals();
});

test("a page that a proxy answers with is a failure", async () => {
  expect(await outcomeOf(async () => "<html>502</html>")).toEqual({ code: "failed", reason: "server" });
});

test("a redirect is followed", async () => {
  const redirect = new Response(null, { status: 302, headers: { location: "/auth" } });
  await expect(outcomeOf(() => Promise.reject(redirect as unknown as Error))).rejects.toBe(redirect);
});

test("half a minute without an answer counts as a failure, and what comes later is not waited for", async () => {
  const outcome = outcomeOf(() => new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await outcome).toEqual({ code: "failed", reason: "timeout" });
  expect(vi.getTimerCount()).toBe(0);
});

test("after a failure, and once something was made, the page is not read again", () => {
  const ask = (actionResult: unknown) =>
    readAgainAfterSave({ actionResult, defaultShouldRevalidate: true } as Parameters<typeof readAgainAfterSave>[0]);
  expect(ask({ code: "failed", reason: "offline" })).toBe(false);
  expect(ask({ code: "saved", version: 1 })).toBe(true);
  // What was made has a page of its own, whose data this page's would replace.
  expect(ask({ code: "saved", version: 1, number: 3 })).toBe(false);
  expect(ask(undefined)).toBe(true);
});
