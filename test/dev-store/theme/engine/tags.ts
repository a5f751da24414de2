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
import { Arguments } from "./tag-arguments.ts";

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
  contentFor(
    scope: PageScope,
    globals: Record<string, unknown>,
    kind: ContentForKind,
    named: Record<string, unknown>,
  ): Promise<string>;
}

/** One block that Liquid names, or all that are placed in order. */
export type ContentForKind = "block" | "blocks";

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

/** `{% layout 'password' %}` or `{% layout none %}`: the frame of a template that is Liquid. */
class LayoutTag extends Tag {
  readonly frame: string | null;
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    this.frame = /["']([\w-]+)["']/.exec(token.args)?.[1] ?? null;
  }
  override render(context: Context): string {
    scopeOf(context).layout = this.frame;
    return "";
  }
}

function contentForTag(parts: PartRenderer) {
  return class extends Tag {
    readonly args: Arguments;
    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      this.args = new Arguments(token.args, liquid);
      if (this.args.name !== "block" && this.args.name !== "blocks") {
        throw new Error(`content_for knows "block" and "blocks", not "${this.args.name}"`);
      }
    }
    override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
      const named = (yield this.args.values(context)) as Record<string, unknown>;
      const globals = context.globals as unknown as Record<string, unknown>;
      const kind = this.args.name as ContentForKind;
      emitter.write((yield parts.contentFor(scopeOf(context), globals, kind, named)) as string);
    }
  };
}

/** Registers the tags that Shopify adds to Liquid. */
export function registerTags(engine: Liquid, parts: PartRenderer): void {
  engine.registerTag("style", StyleTag);
  engine.registerTag("form", FormTag);
  engine.registerTag("paginate", PaginateTag);
  engine.registerTag("section", partTag("section", parts));
  engine.registerTag("sections", partTag("group", parts));
  engine.registerTag("content_for", contentForTag(parts));
  engine.registerTag("layout", LayoutTag);
}
