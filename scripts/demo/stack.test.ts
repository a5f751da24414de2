import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
// @ts-expect-error The demo's scripts are plain JavaScript.
import { moveImages } from "./stack.mjs";

const SHOP = "tea.myshopify.com";

let server: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  server = await createTestDatabase();
  client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query("select set_config('tsuide.shop', $1, false)", [SHOP]);
});
afterAll(async () => {
  await client.end();
  await server.drop();
});

test("pictures of an earlier run get the port of this one, and others keep their address", async () => {
  const images = ["http://localhost:4000/p/1.png?v=2", "https://cdn.example.com/2.png", null];
  for (const [place, image] of images.entries()) {
    await client.query(
      `INSERT INTO products (shop, product_id, title, handle, vendor, product_type, tags, status, is_gift_card,
         image_url, updated_at) VALUES ($1, $2, '', '', '', '', '{}', 'active', false, $3, now())`,
      [SHOP, place, image],
    );
  }
  await moveImages(server.url, SHOP, "http://localhost:4642");
  const { rows } = await client.query("select image_url from products order by product_id");
  expect(rows.map((row) => row.image_url)).toEqual(["http://localhost:4642/p/1.png?v=2", ...images.slice(1)]);
});
