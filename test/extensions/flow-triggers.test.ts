import { join } from "node:path";
import { expect, test } from "vitest";
import { alarmTrigger, offerFailingTrigger } from "../../app/domain/shop/flow-trigger.ts";
import { declaredTriggers } from "../dev-store/admin-api/declared-triggers.ts";

const declared = declaredTriggers(join(import.meta.dirname, "../../extensions"));
const SET = { number: 3, name: "", type: "bought-together" };

test.each([
  { code: "disliked", answers: 40, no: 36 } as const,
  { code: "sent-back", orders: 70, returned: 48, usual: 0.1 } as const,
])("what is sent has each field that the extension declares, and no other: $code", (failing) => {
  const { handle, payload } = offerFailingTrigger(SET, failing, true);
  const trigger = declared.find((one) => one.handle === handle);
  expect(trigger?.fields.map(({ key }) => key).sort()).toEqual(Object.keys(payload).sort());
  expect(payload.Offer).toBe("bought-together");
});

test("what is sent of an alarm has each field that the extension declares, and no other", () => {
  const { handle, payload } = alarmTrigger("discount-off", new Date(0));
  const trigger = declared.find((one) => one.handle === handle);
  expect(trigger?.fields.map(({ key }) => key).sort()).toEqual(Object.keys(payload).sort());
});

test("Shopify's limits on handles and keys are kept", () => {
  expect(declared.length).toBeGreaterThan(0);
  for (const { handle, fields } of declared) {
    expect(handle).toMatch(/^[a-z0-9-]{1,30}$/);
    for (const { key } of fields) expect(key).toMatch(/^[a-zA-Z ]+$/);
  }
});
