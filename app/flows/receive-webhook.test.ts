import { expect, test } from "vitest";
import { readAppDeclaration } from "../../test/dev-store/shop/app-toml.ts";
import { HANDLED_TOPICS } from "./receive-webhook.ts";

test("every topic that is subscribed to is acted on, and none is acted on that never comes", () => {
  const subscribed = readAppDeclaration().subscriptions.flatMap(({ topics }) => topics);
  expect([...HANDLED_TOPICS].sort()).toEqual(subscribed.sort());
});
