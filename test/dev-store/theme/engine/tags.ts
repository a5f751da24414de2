import {
  type Context,
  type Emitter,
  type Liquid,
  Tag,
  type TagToken,
  type Template,
  type TopLevelToken,
  Value,
} from "liquidjs";
import type { PageScope } from "./page-scope.ts";

const scopeOf = (context: Context) => (context.globals as { __scope: PageScope }).__scope;

/** Everything up to the closing tag, as templates. */
function block(tag: Tag, remaining: TopLevelToken[], liquid: Liquid, end: string): Template[] {
  const templates: Template[] = [];
  const stream = liquid.parser
    .parseStream(remaining)
    .on(`tag:${end}`, () => stream.stop())
    .on("template", (template: Template) => templates.push(template))
    .on("end", () => {
      throw new Error(`tag ${tag.name} is not closed with ${end}`);
    });
  stream.start();
  return templates;
}

/** Everything up to the closing tag as it is written, not read as Liquid: what `schema` and `doc` hold. */
function rawText(remaining: TopLevelToken[], end: string): string {
  let text = "";
  while (remaining.length > 0) {
    const token = remaining.shift()!;
    if ((token as TagToken).name === end) return text;
    text += token.getText();
  }
  throw new Error(`missing ${end}`);
}

function inert(end: string) {
  return class extends Tag {
    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      rawText(remaining, end);
    }
    override render(): string {
      return "";
    }
  };
}

function collected(end: string, into: "inlineStyles" | "inlineScripts") {
  return class extends Tag {
    readonly text: string;
    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      this.text = rawText(remaining, end);
    }
    override render(context: Context): string {
      scopeOf(context)[into].add(this.text);
      return "";
    }
  };
}

class StyleTag extends Tag {
  readonly templates: Template[];
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    this.templates = block(this, remaining, liquid, "endstyle");
  }
  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    emitter.write("<style data-shopify>");
    yield this.liquid.renderer.renderTemplates(this.templates, context, emitter);
    emitter.write("</style>");
  }
}

const ARGUMENT = /([\w-]+)\s*:\s*("[^"]*"|'[^']*'|[^,\s]+)/g;

/** `'product', product, id: "x", data-type: "add"`: a name, perhaps an object, and named values. */
class Arguments {
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
}

const FORM_ACTIONS: Record<string, string> = {
  product: "/cart/add",
  cart: "/cart",
  localization: "/localization",
  contact: "/contact#contact_form",
  customer: "/contact#contact_form",
};

class FormTag extends Tag {
  readonly args: Arguments;
  readonly templates: Template[];
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    this.args = new Arguments(token.args, liquid);
    this.templates = block(this, remaining, liquid, "endform");
  }
  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const { name } = this.args;
    const { visitor } = scopeOf(context);
    const returnTo = (yield this.args.value("return_to", context)) as string | null;
    const object = this.args.object ? ((yield this.args.object.value(context, false)) as { id?: number } | null) : null;
    const action = `${visitor.prefix}${FORM_ACTIONS[name] ?? "/"}`;
    const attributes = (yield this.args.attributes(context, ["return_to"])) as string;
    const classes = /\bclass=/.test(attributes) ? "" : ` class="shopify-${name}-form"`;
    emitter.write(
      `<form method="post" action="${action}" accept-charset="UTF-8" enctype="multipart/form-data"${classes}${attributes}>`,
    );
    emitter.write(`<input type="hidden" name="form_type" value="${name}"><input type="hidden" name="utf8" value="✓">`);
    if (name === "localization") {
      emitter.write(`<input type="hidden" name="_method" value="put">`);
      emitter.write(`<input type="hidden" name="return_to" value="${returnTo ?? visitor.path}">`);
    } else if (returnTo) emitter.write(`<input type="hidden" name="return_to" value="${returnTo}">`);
    if (name === "product" && object?.id) {
      emitter.write(`<input type="hidden" name="product-id" value="${object.id}">`);
    }
    context.push({ form: { id: name, errors: null, "posted_successfully?": false } });
    yield this.liquid.renderer.renderTemplates(this.templates, context, emitter);
    context.pop();
    emitter.write("</form>");
  }
}

/** How many page numbers are shown to each side of the current one. */
const PAGE_WINDOW = 2;

function paginateObject(scope: PageScope, items: number, size: number) {
  const pages = Math.max(1, Math.ceil(items / size));
  const asked = Math.floor(Number(scope.url.searchParams.get("page") ?? 1)) || 1;
  const page = Math.min(Math.max(1, asked), pages);
  const urlOf = (number: number) => {
    const params = new URLSearchParams(scope.url.searchParams);
    for (const name of ["sections", "section_id"]) params.delete(name);
    params.set("page", String(number));
    return `${scope.visitor.prefix}${scope.visitor.path}?${params.toString()}`;
  };
  const link = (number: number, title: string) => ({ title, url: urlOf(number), is_link: number !== page });
  const parts: { title: string; url: string; is_link: boolean }[] = [];
  for (let number = 1; number <= pages; number++) {
    const isNear = Math.abs(number - page) <= PAGE_WINDOW || number === 1 || number === pages;
    if (isNear) parts.push(link(number, String(number)));
    else if (parts.at(-1)?.title !== "…") parts.push({ title: "…", url: "", is_link: false });
  }
  return {
    current_page: page,
    current_offset: (page - 1) * size,
    items,
    page_size: size,
    page_param: "page",
    pages,
    parts,
    previous: page > 1 ? link(page - 1, "←") : null,
    next: page < pages ? link(page + 1, "→") : null,
  };
}

class PaginateTag extends Tag {
  readonly list: Value;
  readonly listPath: string;
  readonly size: Value;
  readonly templates: Template[];
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    const match = /^\s*([\w.[\]"']+)\s+by\s+([\w.]+)/.exec(token.args);
    if (!match) throw new Error(`cannot read paginate: ${token.args}`);
    this.listPath = match[1]!;
    const parent = this.listPath.slice(0, this.listPath.lastIndexOf("."));
    this.list = new Value(parent || this.listPath, liquid);
    this.size = new Value(match[2]!, liquid);
    this.templates = block(this, remaining, liquid, "endpaginate");
  }
  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const scope = scopeOf(context);
    const parent = (yield this.list.value(context, false)) as Record<string, number> | null;
    const size = Math.max(1, Number((yield this.size.value(context, false)) as number) || 1);
    const items = parent?.all_products_count ?? parent?.results_count ?? 0;
    const paginate = paginateObject(scope, items, size);
    scope.page = { offset: paginate.current_offset, size };
    context.push({ paginate });
    yield this.liquid.renderer.renderTemplates(this.templates, context, emitter);
    context.pop();
    scope.page = null;
  }
}

/** Renders the parts of a page that other files name; given by the theme's renderer. */
export interface PartRenderer {
  section(scope: PageScope, globals: Record<string, unknown>, name: string): Promise<string>;
  group(scope: PageScope, globals: Record<string, unknown>, name: string): Promise<string>;
}

function partTag(kind: "section" | "group", parts: PartRenderer) {
  return class extends Tag {
    readonly part: string;
    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      this.part = /["']([\w-]+)["']/.exec(token.args)?.[1] ?? "";
    }
    override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
      const globals = context.globals as unknown as Record<string, unknown>;
      emitter.write((yield parts[kind](scopeOf(context), globals, this.part)) as string);
    }
  };
}

class ContentForTag extends Tag {
  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    if (!this.token.getText().includes("blocks")) return;
    emitter.write(((yield context.get(["__blocks"])) as string | undefined) ?? "");
  }
}

/** Registers the tags that Shopify adds to Liquid. */
export function registerTags(engine: Liquid, parts: PartRenderer): void {
  for (const name of ["schema", "doc"]) engine.registerTag(name, inert(`end${name}`));
  engine.registerTag("stylesheet", collected("endstylesheet", "inlineStyles"));
  engine.registerTag("javascript", collected("endjavascript", "inlineScripts"));
  engine.registerTag("style", StyleTag);
  engine.registerTag("form", FormTag);
  engine.registerTag("paginate", PaginateTag);
  engine.registerTag("section", partTag("section", parts));
  engine.registerTag("sections", partTag("group", parts));
  engine.registerTag("content_for", ContentForTag);
}
