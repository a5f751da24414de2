// @vitest-environment jsdom
import { act, createElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { createMemoryRouter, RouterProvider, useLoaderData } from "react-router-dom";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadAllMessages } from "../kit/i18n.ts";
import { LocaleProvider } from "../kit/locale-provider.tsx";
import type { Saved } from "./draft.ts";
import { readAgainAfterSave, type SaveAnswer } from "./save-outcome.ts";
import { type SavedForm, useSavedForm } from "./use-saved-form.ts";

await loadAllMessages();

interface Form {
  discount: string;
  size: string;
}

/** What the server holds, and how it answers the next save: by itself where nothing is set. */
let server: Saved<Form>;
let answer: (() => Promise<SaveAnswer>) | null;
let form: SavedForm<Form>;
let loads: number;
/** How long the server takes to answer with what it holds. */
let loading: Promise<void> | null;
let root: Root;

async function save({ request }: { request: Request }): Promise<SaveAnswer> {
  const sent = JSON.parse((await request.formData()).get("form") as string) as Saved<Form>;
  if (answer !== null) return answer();
  if (sent.version !== server.version) return { code: "stale" };
  server = { fields: sent.fields, version: server.version + 1 };
  return { code: "saved", version: server.version };
}

function Page() {
  const saved = useLoaderData() as Saved<Form>;
  form = useSavedForm<Form>({
    key: "test",
    saved,
    validate: ({ discount }): Record<string, string> => (discount === "" ? { discount: "missing" } : {}),
  });
  return null;
}

const soon = () => act(() => new Promise((resolve) => setTimeout(resolve, 20)));
const type = (change: Partial<Form>) => act(() => form.change(change));
const press = async () => {
  act(() => form.save());
  await soon();
};
/** Somebody else saves. */
const others = (change: Partial<Form>) => {
  server = { fields: { ...server.fields, ...change }, version: server.version + 1 };
};

beforeEach(async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  server = { fields: { discount: "10", size: "3" }, version: 4 };
  answer = null;
  loads = 0;
  loading = null;
  const loader = async () => {
    loads++;
    await loading;
    return server;
  };
  const shouldRevalidate = readAgainAfterSave as () => boolean;
  const router = createMemoryRouter([
    { path: "/", element: createElement(Page), loader, action: save, shouldRevalidate },
  ]);
  root = createRoot(document.createElement("div"));
  const locale = { language: "en", tag: "en" } as const;
  act(() =>
    root.render(
      createElement(LocaleProvider, {
        locale,
        children: createElement(RouterProvider, { router, future: { v7_startTransition: false } }),
      }),
    ),
  );
  await soon();
});
afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
});

test("what is saved is no edit any more", async () => {
  type({ discount: "12" });
  expect(form.dirty).toBe(true);
  await press();
  expect([form.dirty, form.fields, server.fields.discount]).toEqual([false, { discount: "12", size: "3" }, "12"]);
});

test("a field that is wrong is named, and nothing is sent", async () => {
  type({ discount: "" });
  await press();
  expect([form.errors, server.version]).toEqual([{ discount: "missing" }, 4]);
});

test("what is typed while a save is under way stays, and is saved next", async () => {
  let end = () => {};
  answer = () =>
    new Promise((resolve) => {
      end = () => {
        server = { fields: { discount: "12", size: "3" }, version: 5 };
        resolve({ code: "saved", version: 5 });
      };
    });
  type({ discount: "12" });
  await press();
  expect(form.saving).toBe(true);
  type({ discount: "12.5", size: "2" });
  end();
  await soon();
  expect([form.saving, form.dirty, form.fields]).toEqual([false, true, { discount: "12.5", size: "2" }]);
  answer = null;
  await press();
  expect([form.dirty, server.fields]).toEqual([false, { discount: "12.5", size: "2" }]);
});

test("a save is never lost because the page is still reading what the last one led to", async () => {
  loading = new Promise(() => undefined);
  type({ discount: "12" });
  await press();
  expect([form.dirty, server.version]).toEqual([false, 5]);
  type({ size: "2" });
  await press();
  expect([form.dirty, server.fields]).toEqual([false, { discount: "12", size: "2" }]);
});

test("a save that fails keeps every character, says why, and can be tried again", async () => {
  type({ discount: "12" });
  answer = async () => ({ code: "failed", reason: "offline" });
  const before = loads;
  await press();
  expect([form.failure, form.fields.discount, form.dirty, loads]).toEqual(["offline", "12", true, before]);
  type({ discount: "12.5" });
  answer = null;
  await press();
  expect([form.failure, form.dirty, server.fields.discount]).toEqual([null, false, "12.5"]);
});

test("the second of two people sees what the first one saved, and overwrites nothing", async () => {
  others({ discount: "15" });
  type({ size: "2" });
  await press();
  expect(form.overtaken).toEqual([{ field: "discount", before: "10", now: "15", contested: false }]);
  expect([form.fields, server.fields]).toEqual([
    { discount: "15", size: "2" },
    { discount: "15", size: "3" },
  ]);
  await press();
  expect([form.dirty, form.overtaken, server.fields]).toEqual([false, [], { discount: "15", size: "2" }]);
});

test("a field that both edited is chosen before anything is saved", async () => {
  others({ discount: "15" });
  type({ discount: "12" });
  await press();
  await press();
  expect([form.overtaken[0]?.contested, form.fields.discount, server.fields.discount]).toEqual([true, "12", "15"]);
  act(() => form.choose("discount", "mine"));
  await press();
  expect([form.dirty, server.fields.discount]).toEqual([false, "12"]);
});

test("others' saves that leave everything as it was hold nobody up", async () => {
  others({ discount: "15" });
  others({ discount: "10" });
  type({ size: "2" });
  await press();
  await soon();
  expect([form.dirty, form.overtaken, server.fields]).toEqual([false, [], { discount: "10", size: "2" }]);
});
