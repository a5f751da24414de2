import { spawnSync } from "node:child_process";
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";

const MINE = join(import.meta.dirname, "mine.ts");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mine-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function orderFile(content: string | Uint8Array, name = "orders.csv"): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function mine(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MINE, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

function minedPairs(...args: string[]) {
  const pairs = join(folder, "pairs.csv");
  const { status, stderr } = mine(...args, "--pairs", pairs);
  return { status, stderr, csv: status === 0 ? readFileSync(pairs, "utf8") : "" };
}

const PLAIN = [
  "order_id,item_id,quantity,price,title",
  "1,tea,1,5,Tea",
  '1,"whisk, bamboo",1,9,Whisk',
  "2,tea,1,5,Tea",
  '2,"whisk, bamboo",1,9,Whisk',
  "2,POST,1,3,Postage",
  "3,tea,many,5,Tea",
  "4,tea,1,5,Tea",
  "C4,tea,-1,5,Tea",
  "",
].join("\n");

test("writes all pairs with their measures, and reports bad lines by number and what was left out", () => {
  const { csv, stderr } = minedPairs(orderFile(PLAIN), "--min-orders-together", "1");
  const [header, row] = csv.split("\n");
  expect(header).toBe(
    "item_a,item_b,orders_together,support,confidence_ab,confidence_ba,lift,grade,lift_low,lift_high,q",
  );
  const counts = `tea,"whisk, bamboo",2,${2 / 3},${2 / 3},1,`;
  expect(row!.startsWith(counts)).toBe(true);
  // Two products of which one is in every order meet as often as chance gives, and cannot do otherwise.
  const [lift, grade, low, high, q] = row!.slice(counts.length).split(",");
  expect(grade).toBe("thin");
  for (const figure of [lift, low, high, q]) expect(Number(figure)).toBeCloseTo(1, 1);
  expect(stderr).toContain("orders.csv: the quantity is not a number; left out: line 7");
  expect(stderr).toContain("5 order lines kept, 2 left out");
  expect(stderr).toContain("services, fees and postage: 1 line of 1 order");
  expect(stderr).toContain("cancelled orders: 1 line of 1 order");
});

test("recognises a gzip file by its content, whatever its name", () => {
  const plain = minedPairs(orderFile(PLAIN), "--min-orders-together", "2").csv;
  expect(minedPairs(orderFile(gzipSync(PLAIN), "orders.csv"), "--min-orders-together", "2").csv).toBe(plain);
});

test("counts every line if asked to leave nothing out", () => {
  const { csv } = minedPairs(orderFile(PLAIN), "--min-orders-together", "1", "--as-is");
  expect(
    csv
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").slice(0, 2).join()),
  ).toEqual(["POST,tea", 'POST,"whisk', 'tea,"whisk']);
});

test("writes the evidence of each pair, the same whatever pairs are asked for", () => {
  const lines = ["order_id,item_id"];
  for (let order = 0; order < 300; order++) {
    const items = order % 10 === 0 ? ["tea", "whisk"] : [`single ${order % 7}`, `other ${order % 11}`];
    for (const item of items) lines.push(`${order},${item}`);
  }
  const orders = orderFile(`${lines.join("\n")}\n`);
  const rowsOf = (least: string) => {
    const [header, ...rows] = minedPairs(orders, "--min-orders-together", least).csv.trim().split("\n");
    const names = header!.split(",");
    return rows.map((row) => Object.fromEntries(row.split(",").map((value, n) => [names[n]!, value])));
  };
  const all = rowsOf("1");
  const tea = all.find(({ item_a: item }) => item === "tea")!;
  expect(tea).toMatchObject({ item_b: "whisk", orders_together: "30", grade: "strong" });
  expect(Number(tea.q)).toBeLessThan(1e-9);
  expect(Number(tea.lift_low)).toBeGreaterThan(5);
  expect(Number(tea.lift_low)).toBeLessThan(Number(tea.lift));
  expect(Number(tea.lift_high)).toBeGreaterThan(Number(tea.lift));
  expect(all.filter(({ grade }) => grade !== "thin")).toEqual([tea]);
  expect(rowsOf("4")).toEqual(all.filter(({ orders_together: together }) => Number(together) >= 4));
  expect(rowsOf("20")).toEqual([tea]);
});

test.each([
  ["is missing", "missing.csv", null, /^There is no file or folder ".*missing\.csv"\.\n$/],
  ["is empty", "empty.csv", "", /^".*empty\.csv" is empty\.\n$/],
  ["is no CSV", "picture.png", Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10, 0, 0), /^".*" is not a CSV file\.\n$/],
  [
    "has another header",
    "other.csv",
    "a,b\n1,2\n",
    /^".*other\.csv" has no columns for the order .*"a, b"\. Rename .*--columns .*\n$/,
  ],
  ["is broken gzip", "cut.csv.gz", gzipSync(PLAIN).subarray(0, 40), /^".*" is a gzip file that ends too early\.\n$/],
])("says in one sentence that a file %s", (_, name, content, sentence) => {
  const path = content === null ? join(folder, name) : orderFile(content, name);
  const { status, stderr } = minedPairs(path);
  expect(stderr).toMatch(sentence);
  expect(status).toBe(1);
});

test("leaves no half file behind where the pairs cannot be written", () => {
  const target = join(folder, "taken");
  mkdirSync(target);
  const { status, stderr } = mine(orderFile(PLAIN), "--pairs", target);
  expect(status).toBe(1);
  expect(stderr).toContain(`"${target}" is a folder where a file is needed.`);
  expect(readdirSync(folder).sort()).toEqual(["orders.csv", "taken"]);
});

test("refuses unknown options, and values that are not numbers", () => {
  const orders = orderFile(PLAIN);
  expect(mine(orders).stderr).toContain("Usage:");
  expect(mine(orders, "--paris", "x").status).toBe(1);
  expect(minedPairs(orders, "--min-orders-together", "0").stderr).toContain("a whole number of at least 1");
});

test("prints what it understood before anything else", () => {
  const { stderr } = minedPairs(orderFile("Order ID;SKU;Preis\n1;A;1,50\n1;B;2,00\n"), "--min-orders-together", "1");
  expect(stderr.split("\n").slice(0, 2)).toEqual([
    expect.stringMatching(/orders\.csv: semicolons, UTF-8, decimal commas, 3 lines$/),
    '  Export of another system: order "Order ID", SKU "SKU", price "Preis"',
  ]);
});

test("never writes over the orders, whatever name they are reached by", () => {
  const orders = orderFile(PLAIN);
  symlinkSync(orders, join(folder, "link.csv"));
  linkSync(orders, join(folder, "hard.csv"));
  const inModel = join(folder, "model");
  mkdirSync(inModel);
  writeFileSync(join(inModel, "model.json"), PLAIN);
  const attempts = [
    [orders, "--pairs", orders],
    [orders, "--pairs", join(folder, ".", "link.csv")],
    [join(folder, "link.csv"), "--pairs", orders],
    [orders, "--pairs", join(folder, "hard.csv")],
    [orders, orderFile(PLAIN, "second.csv"), "--pairs", join(folder, "second.csv")],
    [join(inModel, "model.json"), "--out", inModel],
  ];
  for (const attempt of attempts) {
    const { status, stderr } = mine(...attempt);
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("is the order file itself"),
    });
  }
  expect([orders, join(inModel, "model.json")].map((path) => readFileSync(path, "utf8"))).toEqual([PLAIN, PLAIN]);
});

test("reads standard input and pipes", () => {
  const pairs = join(folder, "pairs.csv");
  const { status } = spawnSync(process.execPath, [MINE, "-", "--pairs", pairs, "--min-orders-together", "1"], {
    input: PLAIN,
  });
  expect(status).toBe(0);
  expect(readFileSync(pairs, "utf8")).toContain('tea,"whisk, bamboo",2');
});

test("leaves nothing out of an export or of a file in another encoding, if asked", () => {
  const exported = "Name,Lineitem name,Cancelled at\n#1,Tea,2026-01-01\n#1,Postage,\n";
  expect(minedPairs(orderFile(exported), "--as-is", "--min-orders-together", "1").csv).toContain("Postage,Tea,1");
  const legacy = Buffer.concat([Buffer.from("order_id,item_id\n1,A\n1,"), Buffer.from([0x8b, 0x7d, 0x90, 0x7b, 10])]);
  expect(minedPairs(orderFile(legacy), "--as-is", "--min-orders-together", "1").csv).toContain("A,急須,1");
});

test("keeps ids apart that differ in zero bytes alone", () => {
  for (const more of [["--as-is"], []]) {
    const { csv } = minedPairs(orderFile("order_id,item_id\n1,A\n1,\0A\n1,B\n"), ...more, "--min-orders-together", "1");
    expect(csv.trim().split("\n")).toHaveLength(4);
  }
});

test("fails where nothing is left to learn from", () => {
  const free = orderFile("order_id,item_id,price\n1,A,0\n");
  for (const target of [
    ["--out", join(folder, "model")],
    ["--pairs", join(folder, "pairs.csv")],
  ]) {
    const { status, stderr } = mine(free, ...target);
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("Nothing is left to learn from"),
    });
  }
});

test.each([
  ["a broken zip file", [0x50, 0x4b, 3, 4, 0, 0, 0, 0], /zip file or an Excel workbook that is broken/],
  ["an old workbook", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1], /old Excel workbook/],
  ["a PDF", [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31], /PDF/],
  ["HTML", [...Buffer.from("<html><table>")], /HTML/],
  ["JSON", [...Buffer.from('[{"id":1}]')], /JSON/],
])("says what to do with %s", (_, bytes, sentence) => {
  const { status, stderr } = minedPairs(orderFile(Uint8Array.from(bytes)));
  expect(stderr).toMatch(sentence);
  expect([status, stderr.trim().split("\n").length]).toEqual([1, 1]);
});

test("prints its usage when asked", () => {
  for (const program of ["mine.ts", "suggest.ts"]) {
    const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, program), "--help"], {
      encoding: "utf8",
    });
    expect([status, stdout.includes("npm run")]).toEqual([0, true]);
  }
});
