import pg from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "./database.ts";

test("two tests never see each other's rows", async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const first = new pg.Client({ connectionString: one.url });
  const second = new pg.Client({ connectionString: other.url });
  await Promise.all([first.connect(), second.connect()]);
  await first.query("create table mine (n int)");
  await expect(second.query("select * from mine")).rejects.toThrow(/does not exist/);
  await Promise.all([first.end(), second.end()]);
  await Promise.all([one.drop(), other.drop()]);
});
