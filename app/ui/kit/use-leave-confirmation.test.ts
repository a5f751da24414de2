// @vitest-environment jsdom
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { afterEach, expect, test, vi } from "vitest";
import { GIVEN_UP, useLeaveConfirmation } from "./use-leave-confirmation.ts";

afterEach(() => vi.unstubAllGlobals());

function Page({ dirty }: { dirty: boolean }) {
  useLeaveConfirmation(dirty);
  return null;
}

/** A form at /settings, beside another page, in an admin whose staff answer so when asked whether to leave. */
function open(dirty: boolean, leaves: boolean) {
  return openAsking(dirty, () => (leaves ? Promise.resolve() : Promise.reject(new Error("stays"))));
}

async function openAsking(dirty: boolean, ask: () => Promise<void>) {
  const asked = vi.fn(ask);
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.stubGlobal("shopify", { saveBar: { leaveConfirmation: asked } });
  const routes = [
    { path: "/settings", element: createElement(Page, { dirty }) },
    { path: "/offers", element: null },
    { path: "/results", element: null },
  ];
  const router = createMemoryRouter(routes, { initialEntries: ["/settings"] });
  const root = createRoot(document.createElement("div"));
  await act(async () => root.render(createElement(RouterProvider, { router, future: { v7_startTransition: false } })));
  const go = (to: string, state?: unknown) => act(() => router.navigate(to, { state }));
  return { asked, go, at: () => router.state.location.pathname + router.state.location.search };
}

test("asks before a link leads away from what is not saved, and stays where staff want to", async () => {
  const { asked, go, at } = await open(true, false);
  await go("/offers");
  expect(asked).toHaveBeenCalledTimes(1);
  expect(at()).toBe("/settings");
  await go("/offers");
  expect(asked).toHaveBeenCalledTimes(2);
});

test("leaves where staff give up what they typed", async () => {
  const { asked, go, at } = await open(true, true);
  await go("/offers");
  expect(asked).toHaveBeenCalledTimes(1);
  expect(at()).toBe("/offers");
});

test("of two links that were pressed before staff answered, the later one is followed", async () => {
  const answers: (() => void)[] = [];
  const { go, at } = await openAsking(true, () => new Promise((resolve) => answers.push(resolve)));
  await go("/offers");
  await go("/results");
  await act(async () => answers.forEach((answer) => answer()));
  expect([answers.length, at()]).toEqual([2, "/results"]);
});

test("asks nothing where all is saved, given up already, or the page stays the same", async () => {
  const saved = await open(false, false);
  await saved.go("/offers");
  expect(saved.at()).toBe("/offers");
  const edited = await open(true, false);
  await edited.go("/settings?tab=2");
  expect(edited.at()).toBe("/settings?tab=2");
  await edited.go("/offers", GIVEN_UP);
  expect(edited.at()).toBe("/offers");
  expect(edited.asked).not.toHaveBeenCalled();
});

test("leaves it to the admin to ask where its own menu is used", async () => {
  const { asked, go, at } = await open(true, false);
  document.dispatchEvent(new Event("shopify:navigate", { bubbles: true }));
  await go("/offers");
  expect(at()).toBe("/offers");
  expect(asked).not.toHaveBeenCalled();
});
