import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { Suggester } from "../domain/mining/model/suggest.ts";
import { readModel } from "./model-directory.ts";
import { runCommand, UserError } from "./user-error.ts";

const USAGE = `Usage: npm run suggest -- MODEL_DIR [--top N] [--next] < queries.jsonl
MODEL_DIR is what "npm run mine -- ORDERS --out MODEL_DIR" wrote. A query is one line of JSON:
  {"id":"1","items":["A","B"],"customer":"17850","at":"2011-11-01T09:00:00Z"}   (customer and at may be null)
With --next a query names a customer and no items: what they are likely to buy next.`;

/** Answers are written in pieces of about this many characters, so that a pipe is not written to for every line. */
const PIECE = 1 << 16;

await runCommand(async () => {
  const given = options();
  if (given === "help") return void process.stdout.write(`${USAGE}\n`);
  const { directory, top, next } = given;
  const suggester = new Suggester(readModel(directory));
  let answers = "";
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number++;
    if (line.trim() === "") continue;
    const { id, items, customer, at } = parseQuery(line, number);
    const suggestions = next
      ? suggester.suggestNext({ customer: customer ?? "", at }, top)
      : suggester.suggest({ items, customer }, top);
    answers += `${JSON.stringify({ id, suggestions })}\n`;
    if (answers.length > PIECE) {
      process.stdout.write(answers);
      answers = "";
    }
  }
  process.stdout.write(answers);
});

interface Query {
  readonly id: unknown;
  readonly items: readonly string[];
  readonly customer: string | null;
  readonly at: number | null;
}

function parseQuery(line: string, number: number): Query {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new UserError(`Line ${number} of the queries is not JSON.`);
  }
  if (typeof parsed !== "object" || parsed === null) throw new UserError(`Line ${number} of the queries is no object.`);
  const { id, items, customer, at } = parsed as Record<string, unknown>;
  const time = typeof at === "string" ? Date.parse(at) : NaN;
  return {
    id: id ?? null,
    items: Array.isArray(items) ? items.map(String) : [],
    customer: customer === undefined || customer === null ? null : String(customer),
    at: Number.isFinite(time) ? time : null,
  };
}

function options(): { directory: string; top: number; next: boolean } | "help" {
  const { values, positionals } = parsed();
  if (values.help) return "help";
  const [directory, ...more] = positionals;
  if (directory === undefined || more.length > 0) throw new UserError(USAGE);
  const top = Number(values.top);
  if (!Number.isSafeInteger(top) || top < 1 || top > 1000) {
    throw new UserError(`--top is a whole number from 1 to 1000, not "${values.top}".`);
  }
  return { directory, top, next: values.next };
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        top: { type: "string", default: "10" },
        next: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n${USAGE}`);
  }
}
