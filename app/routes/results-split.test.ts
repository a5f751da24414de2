import { expect, test } from "vitest";
import { shouldRevalidate } from "./app.results._index.tsx";

const isReadAgain = (from: string, to: string) =>
  shouldRevalidate({
    ...{ currentUrl: new URL(from, "https://app.test"), nextUrl: new URL(to, "https://app.test") },
    ...{ currentParams: {}, nextParams: {}, defaultShouldRevalidate: true },
  });

test("another split of all orders has only its own part read, and anything else the page", () => {
  expect(isReadAgain("/app/results?range=30&by=offer", "/app/results?range=30&by=offer&split=device")).toBe(false);
  expect(isReadAgain("/app/results?by=offer&split=device", "/app/results?by=offer&split=market")).toBe(false);
  expect(isReadAgain("/app/results?range=30&split=device", "/app/results?range=90&split=device")).toBe(true);
  // The page asks again now and then, at the same address.
  expect(isReadAgain("/app/results?range=30&split=device", "/app/results?range=30&split=device")).toBe(true);
});
