import { afterEach, expect, test, vi } from "vitest";
import { freshOrKept } from "./kept-page.ts";

afterEach(() => vi.unstubAllGlobals());

/** Asks for the page's figures as the router does while `at` is looked at. */
function ask(address: string, at: string, answer: () => Promise<unknown>): Promise<unknown> {
  vi.stubGlobal("location", new URL(`https://app.test${at}`));
  const request = new Request(`https://app.test${address}`);
  return freshOrKept({ request, params: {}, serverLoader: answer as <T>() => Promise<T> } as Parameters<
    typeof freshOrKept
  >[0]);
}

test("fresh data are shown", async () => {
  expect(await ask("/app", "/app", async () => ({ view: 2 }))).toEqual({ view: 2 });
});

test("a page that has shown nothing yet, or another page, has nothing to fall back on", async () => {
  const offline = () => Promise.reject(new TypeError("Failed to fetch"));
  await expect(ask("/app", "/app", offline)).rejects.toBeInstanceOf(TypeError);
  await expect(ask("/app/settings", "/app", offline)).rejects.toBeInstanceOf(TypeError);
});
