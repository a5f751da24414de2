import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { ENVIRONMENT_VARIABLES, readConfig } from "./config.ts";

const EXAMPLE = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
/** Every `NAME=value` of the file, set or commented out. */
const ALL = parseEnv(EXAMPLE.replaceAll(/^# ([A-Z_]+=)/gm, "$1"));

test(".env.example names every variable that the configuration reads, and no other", () => {
  expect(Object.keys(ALL).toSorted()).toEqual(ENVIRONMENT_VARIABLES.toSorted());
});

test("what .env.example sets is a complete configuration", () => {
  expect(readConfig(parseEnv(EXAMPLE) as Record<string, string>).appUrl).toBe("https://tsuide.example.com");
});

test("the defaults that .env.example shows are the real ones", () => {
  const required = parseEnv(EXAMPLE) as Record<string, string>;
  const { SCOPES, TRUSTED_PROXIES, LOG_LEVEL, WORKER_CONCURRENCY } = ALL as Record<string, string>;
  const shown = { ...required, SCOPES, TRUSTED_PROXIES, LOG_LEVEL, WORKER_CONCURRENCY } as Record<string, string>;
  expect(readConfig(shown)).toEqual(readConfig(required));
});
