import pg from "pg";
import { expect, test } from "vitest";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { connectTo } from "../scripts/setup/postgres.mjs";
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

test("a connection that the server ends fails the next query, not the program", async () => {
  const { url, drop } = await createTestDatabase();
  const client = (await connectTo(url)) as pg.Client;
  const ended = new Promise((resolve) => client.once("end", resolve));
  await drop();
  await ended;
  await expect(client.query("select 1")).rejects.toThrow();
});
