import { type Context, type Liquid, Value } from "liquidjs";

const ARGUMENT = /([\w.-]+)\s*:\s*("[^"]*"|'[^']*'|[^,\s]+)/g;

/** `'product', product, id: "x", data-type: "add"`: a name, perhaps an object, and named values. */
export class Arguments {
  readonly name: string;
  readonly object: Value | null;
  readonly named: [string, Value][];

  constructor(text: string, liquid: Liquid) {
    const head = /^\s*["']([\w-]+)["']\s*(?:,\s*([\w.[\]"']+)\s*(?=,|$))?/.exec(text);
    if (!head) throw new Error(`cannot read arguments: ${text}`);
    this.name = head[1]!;
    this.object = head[2] ? new Value(head[2], liquid) : null;
    this.named = [...text.slice(head[0].length).matchAll(ARGUMENT)].map(([, key, value]) => [
      key!,
      new Value(value!, liquid),
    ]);
  }

  /** As HTML attributes, without those in `skip`. */
  *attributes(context: Context, skip: string[] = []): Generator<unknown, string, unknown> {
    let text = "";
    for (const [key, value] of this.named) {
      if (skip.includes(key)) continue;
      const shown = (yield value.value(context, false)) as unknown;
      text += ` ${key}="${String(shown ?? "").replace(/"/g, "&quot;")}"`;
    }
    return text;
  }

  *value(key: string, context: Context): Generator<unknown, unknown, unknown> {
    const found = this.named.find(([name]) => name === key);
    return found ? yield found[1].value(context, false) : null;
  }

  /** All named values. */
  *values(context: Context): Generator<unknown, Record<string, unknown>, unknown> {
    const values: Record<string, unknown> = {};
    for (const [key, value] of this.named) values[key] = yield value.value(context, false);
    return values;
  }
}
