import { expect, test } from "vitest";
import { BasketTableBuilder, type BasketTable } from "../basket-table.ts";
import { segmentFindings } from "./segment-findings.ts";

/** A number from 0 up to `below` that the order's number alone decides. */
function drawn(order: number, below: number): number {
  let mixed = Math.imul(order ^ (order >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
}

/** Every eighth order is placed at the counter. Where the channels differ, only there the sixth companion is bought. */
function tableOf(orders: number, differ: boolean): { table: BasketTable; channelOf: (order: number) => string } {
  const builder = new BasketTableBuilder();
  const channelOf = (order: number) => (order % 8 === 1 ? "pos" : "online");
  for (let order = 0; order < orders; order++) {
    const thing = drawn(order + 1_000_000, 8);
    const companion = !differ ? drawn(order, 6) : channelOf(order) === "pos" ? 5 : drawn(order, 5);
    const id = String(order).padStart(6, "0");
    builder.add(id, `customer ${order}`, order, `thing ${thing}`);
    builder.add(id, `customer ${order}`, order, `with ${thing}-${companion}`);
  }
  return { table: builder.build(), channelOf };
}

test("tells a channel whose own lists find more, and says of the rest that they were looked at", () => {
  const { table, channelOf } = tableOf(4000, true);
  const found = segmentFindings(table, channelOf);
  expect(found.find(({ by, segment }) => by === "channel" && segment === "pos")).toMatchObject({ verdict: "gain" });
  expect(found.every(({ by }) => by === "channel")).toBe(true);
});

test("finds no gain where the channels buy alike", () => {
  const { table, channelOf } = tableOf(4000, false);
  const verdicts = segmentFindings(table, channelOf).map(({ verdict }) => verdict);
  expect(verdicts).toEqual(["no-gain", "no-gain"]);
});

test("has nothing to say of an empty shop, nor of one channel", () => {
  expect(segmentFindings(new BasketTableBuilder().build(), () => "online")).toEqual([]);
  expect(segmentFindings(tableOf(400, true).table, () => "online")).toEqual([]);
});
