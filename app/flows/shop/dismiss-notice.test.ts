import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { pageRequest } from "../../../test/fixtures/page-requests.ts";
import { smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { NoticeCode, NoticeDetails } from "../../domain/shop/notice.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { clearNotices } from "../../persistence/shop/notices.ts";
import { action } from "../../routes/app.notices.tsx";
import { readActivity } from "../activity/read-activity.ts";
import { installShop } from "./install-shop.ts";
import { readHome } from "./read-home.ts";
import { dismissNotice, restoreNotices } from "./dismiss-notice.ts";
import { raiseNotice } from "../notices/raise-notice.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
let app: WiredApp;

beforeAll(async () => {
  app = await wireApp([smallShop(["101"])], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());
beforeEach(() => app.context.database.pool.query("DELETE FROM notices; DELETE FROM activity"));

const raise = (code: NoticeCode, details: NoticeDetails = {}) => raiseNotice(app.shop, code, details, app.context);
const clear = (code: NoticeCode) => inShop(app.context.database, app.shop, (tx) => clearNotices(tx, [code]));
const home = async () => {
  const { notices, dismissed } = await readHome(app.shop, app.context);
  return { shown: notices.map(({ code }) => code), dismissed };
};

test("a dismissed notice stays away as long as it lasts, and comes back when it happens again", async () => {
  await raise("discount-off");
  expect(await home()).toEqual({ shown: ["discount-off"], dismissed: [] });
  expect(await dismissNotice(app.shop, "discount-off", app.context)).toEqual({ code: "dismissed" });
  await raise("discount-off");
  expect(await home()).toEqual({ shown: [], dismissed: ["discount-off"] });
  await clear("discount-off");
  expect(await home()).toEqual({ shown: [], dismissed: [] });
  await raise("discount-off");
  expect(await home()).toEqual({ shown: ["discount-off"], dismissed: [] });
});

test("it comes back where it is about more than before, and not where it is about less", async () => {
  const stopped = {
    days: 1,
    now: { events: 0, opportunities: 9 },
    earlier: { events: 5, opportunities: 9, dispersion: 1 },
  };
  const on = (...surfaces: ("product" | "cart")[]) => ({
    surfaces: surfaces.map((surface) => ({ surface, ...stopped })),
  });
  await raise("widget-stopped", on("product"));
  await dismissNotice(app.shop, "widget-stopped", app.context);
  await raise("widget-stopped", on("product", "cart"));
  expect((await home()).shown).toEqual(["widget-stopped"]);
  await dismissNotice(app.shop, "widget-stopped", app.context);
  await raise("widget-stopped", on("cart"));
  expect((await home()).shown).toEqual([]);
});

test("dismissing can be undone, and the log has both", async () => {
  await raise("pixel-silent", { orders: 120 });
  await dismissNotice(app.shop, "pixel-silent", { ...app.context, staff: "7" });
  expect(await restoreNotices(app.shop, "pixel-silent", { ...app.context, staff: "7" })).toEqual({ code: "restored" });
  expect((await home()).shown).toEqual(["pixel-silent"]);
  const { rows } = await readActivity(app.shop, 1, app.context);
  expect(rows.map(({ kind, notice }) => [kind, notice])).toEqual([
    ["notice-restored", "pixel-silent"],
    ["notice-dismissed", "pixel-silent"],
  ]);
});

test("all that were hidden can be shown again at once", async () => {
  await raise("discount-off");
  await raise("pixel-silent", { orders: 120 });
  for (const code of ["discount-off", "pixel-silent"] as const) await dismissNotice(app.shop, code, app.context);
  expect((await home()).shown).toEqual([]);
  expect(await restoreNotices(app.shop, null, app.context)).toEqual({ code: "restored" });
  expect((await home()).shown.sort()).toEqual(["discount-off", "pixel-silent"]);
  expect(await restoreNotices(app.shop, null, app.context)).toEqual({ code: "not-found" });
});

test("what stands in the way of the app, or has a time limit by law, cannot be dismissed", async () => {
  for (const code of ["unpaid", "token-lost", "data-requests"] as const) {
    await raise(code, code === "data-requests" ? { count: 1 } : {});
    expect(await dismissNotice(app.shop, code, app.context)).toEqual({ code: "refused" });
    expect((await home()).shown).toContain(code);
  }
  expect(await dismissNotice(app.shop, "discount-off", app.context)).toEqual({ code: "not-found" });
});

test("the page's request is for staff of the shop, and for notices that there are", async () => {
  await raise("discount-off");
  const send = (fields: Record<string, string>) => {
    const path = "/app/notices?_data=routes%2Fapp.notices";
    const request = pageRequest(path, { shop: app.shop }, new URLSearchParams(fields));
    return action({ request, params: {}, context: app.loadContext });
  };
  expect(await send({ intent: "dismiss", notice: "discount-off" })).toEqual({
    code: "dismissed",
    notice: "discount-off",
  });
  expect(await send({ intent: "restore", notice: "discount-off" })).toMatchObject({ code: "restored" });
  expect(await send({ intent: "dismiss", notice: "nothing" })).toMatchObject({ code: "unreadable" });
  expect(await send({ intent: "delete", notice: "discount-off" })).toMatchObject({ code: "unreadable" });
});
