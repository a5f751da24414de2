import { JSDOM } from "jsdom";
import { createElement } from "react";
import { expect, test } from "vitest";
import { renderHtml } from "../../../../test/fixtures/render-page.ts";
import { DataRequestsPage } from "./data-requests-page.tsx";

test.each([
  ["en", "Home"],
  ["ja", "ホーム"],
] as const)("the page of data requests, which no menu lists, leads back to Home, in %s", (language, home) => {
  const page = createElement(DataRequestsPage, { view: { requests: [], timezone: "UTC" } });
  const { document } = new JSDOM(renderHtml(language, page)).window;
  expect(document.querySelector('a[href="/app"]')?.getAttribute("aria-label")).toBe(home);
});
