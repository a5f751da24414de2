import { afterEach, expect, test, vi } from "vitest";
import { requestScope } from "./app-bridge.ts";

afterEach(() => vi.unstubAllGlobals());

const answering = (request: () => Promise<unknown>) => vi.stubGlobal("shopify", { scopes: { request } });

test("asks the merchant for a scope, and tells what they answered", async () => {
  const request = vi.fn().mockResolvedValue({ result: "granted-all" });
  answering(request);
  expect(await requestScope("write_customers")).toBe("granted");
  expect(request).toHaveBeenCalledWith(["write_customers"]);
  answering(async () => ({ result: "declined-all" }));
  expect(await requestScope("write_customers")).toBe("declined");
});

test("does not know where App Bridge is not there, or fails", async () => {
  expect(await requestScope("write_customers")).toBe("unknown");
  answering(() => Promise.reject(new Error("closed")));
  expect(await requestScope("write_customers")).toBe("unknown");
});
