import { join } from "node:path";
import { expect, test } from "vitest";
import { gid } from "../../app/domain/ids.ts";
import { associate } from "../../app/domain/mining/evidence/association.ts";
import {
  alarmTrigger,
  customerDueTrigger,
  offerFailingTrigger,
  ofCustomer,
  suggestionFoundTrigger,
} from "../../app/domain/shop/flow-trigger.ts";
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

test("what is sent of a suggestion has each field that the extension declares, and no other", () => {
  const pair = { together: 40, ordersA: 100, ordersB: 100, orders: 10_000, firstAt: null, lastAt: null };
  const association = associate(pair, { strong: 0.001, fair: 0.05, chance: { expected: () => 1 } });
  const companion = { id: gid("Product", "102"), title: "Pot\nof clay" };
  const { handle, payload } = suggestionFoundTrigger(gid("Product", "101"), companion, association);
  const trigger = declared.find((one) => one.handle === handle);
  expect(trigger?.fields.map(({ key }) => key).sort()).toEqual(Object.keys(payload).sort());
  expect(payload).toEqual({
    ...{ product_id: 101, Companion: "Pot of clay", "Companion ID": "102", Evidence: "strong" },
    ...{ "Orders together": 40, "Times chance": 40 },
  });
});

test("what is sent of a customer who is due has each field that the extension declares, and no other", () => {
  const due = { lastAt: 0, expectedAt: 30.26 * 86_400_000, ownGaps: 2 };
  const { handle, payload } = ofCustomer(customerDueTrigger(gid("Product", "101"), due), "gid://shopify/Customer/7");
  const trigger = declared.find((one) => one.handle === handle);
  expect(trigger?.fields.map(({ key }) => key).sort()).toEqual(Object.keys(payload).sort());
  expect(payload).toMatchObject({ product_id: 101, customer_id: 7, "Usual days": 30.3, "Own intervals": 2 });
});

test("Shopify's limits on handles and keys are kept", () => {
  expect(declared.length).toBeGreaterThan(0);
  for (const { handle, fields } of declared) {
    expect(handle).toMatch(/^[a-z0-9-]{1,30}$/);
    for (const { key, type } of fields) {
      if (!type.endsWith("_reference")) expect(key).toMatch(/^[a-zA-Z ]+$/);
    }
    // Flow takes one object of a kind.
    expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
  }
});
