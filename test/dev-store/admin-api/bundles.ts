import { gidOf, parseGid } from "../shop/gid.ts";
import type { DevBundleOperation, DevComponent, DevProduct, DevVariant } from "../shop/state.ts";
import { withComponentStock } from "../shop/bundle-stock.ts";
import type { AdminContext } from "./context.ts";
import { list, requireScope, type Fields, type TypeFields } from "./fields.ts";

const MOST_COMPONENTS = 30;
const MOST_UNITS = 2_000;
const LONGEST_TITLE = 255;

interface ComponentInput {
  productId: string;
  quantity?: number | null;
  quantityOption?: object | null;
  optionSelections: readonly { componentOptionId: string; name: string; values: readonly string[] }[];
}
interface BundleInput {
  title?: string | null;
  productId?: string;
  components?: readonly ComponentInput[] | null;
  consolidatedOptions?: readonly object[] | null;
}
interface Refusal {
  field: string[];
  message: string;
}

const refusal = (message: string, ...field: string[]): Refusal => ({ field: ["input", ...field], message });
const isBundle = ({ variants }: DevProduct) => variants.some(({ components }) => components !== undefined);

/** One component as it is asked for: the variant that the chosen option values name, or why there is none. */
function readComponent(given: ComponentInput, place: string, context: AdminContext): DevComponent | Refusal {
  const refuse = (message: string) => refusal(message, "components", place);
  const product = context.shop.products.get(parseGid(given.productId)?.id ?? "");
  if (product === undefined) return refuse("Component product does not exist");
  if (isBundle(product)) return refuse("A bundle cannot be a component of another bundle");
  if (product.isGiftCard) return refuse("A gift card cannot be a component of a bundle");
  if (given.quantityOption) return refuse("The dev store makes no bundles with a choice of quantities.");
  const quantity = given.quantity ?? 1;
  if (quantity < 1 || quantity > MOST_UNITS) return refuse(`Quantity must be between 1 and ${MOST_UNITS}`);
  const chosen = new Map(given.optionSelections.map((one) => [parseGid(one.componentOptionId)?.id, one.values]));
  if ([...chosen.values()].some(({ length }) => length !== 1)) {
    return refuse("The dev store makes bundles of one variant only: choose one value of each option.");
  }
  const isChosen = ({ options }: DevVariant) =>
    options.every((value, index) => (chosen.get(`${product.id}${index}`)?.[0] ?? value) === value);
  const fitting = product.variants.filter(isChosen);
  if (fitting.length !== 1) return refuse("Option selections do not name one variant of the component product");
  return { variantId: fitting[0]!.id, quantity };
}

function problemsOf(input: BundleInput, context: AdminContext): Refusal[] {
  if (context.shop.noBundles !== undefined) return [refusal("The shop cannot use bundles")];
  const title = input.title ?? undefined;
  const components = input.components ?? undefined;
  const optionNames = (components ?? []).flatMap(({ optionSelections }) => optionSelections.map(({ name }) => name));
  return [
    ...(title !== undefined && title.trim() === "" ? [refusal("Title can't be blank", "title")] : []),
    ...((title?.length ?? 0) > LONGEST_TITLE ? [refusal("Title is too long", "title")] : []),
    ...(components?.length === 0 ? [refusal("Components can't be blank", "components")] : []),
    ...((components?.length ?? 0) > MOST_COMPONENTS
      ? [refusal(`A bundle has at most ${MOST_COMPONENTS} components`, "components")]
      : []),
    ...(new Set(optionNames).size < optionNames.length
      ? [refusal("Names of options must be unique", "components")]
      : []),
    ...(input.consolidatedOptions ? [refusal("The dev store makes no consolidated options.")] : []),
  ];
}

/** Options and the one variant of a bundle: what is fixed of its components, by the names that were asked for. */
function shapeOf(components: readonly ComponentInput[]): { options: string[]; values: string[] } {
  const selections = components.flatMap(({ optionSelections }) => optionSelections);
  if (selections.length === 0) return { options: ["Title"], values: ["Default Title"] };
  return { options: selections.map(({ name }) => name), values: selections.map(({ values }) => values[0]!) };
}

function bundleProduct(title: string, context: AdminContext): DevProduct {
  const { changes, shop } = context;
  const id = changes.nextId("product");
  const handles = new Set([...shop.products.values()].map(({ handle }) => handle));
  const wanted =
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "") || "bundle";
  const now = context.now();
  return {
    ...{ id, title, descriptionHtml: "", vendor: shop.name, productType: "", tags: [], options: [], variants: [] },
    handle: handles.has(wanted) ? `${wanted}-${id}` : wanted,
    // It is worth nothing until somebody has given it a price and published it.
    ...{ status: "DRAFT", publishedAt: null, isGiftCard: false, collectionIds: [], createdAt: now, updatedAt: now },
    ...{ image: `/__images/${id}.svg`, imageSvg: BUNDLE_PICTURE },
  };
}

const BUNDLE_PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800" viewBox="0 0 800 800"><rect width="800" height="800" fill="#f1efe9"/><rect x="180" y="300" width="440" height="300" rx="16" fill="#c9b899"/><path d="M400 300v300M180 400h440" stroke="#8c7550" stroke-width="18"/></svg>';

function variantOf(
  product: DevProduct,
  inputs: readonly ComponentInput[],
  components: DevComponent[],
  context: AdminContext,
): DevVariant {
  const before = product.variants[0];
  const { values } = shapeOf(inputs);
  const made: DevVariant = {
    ...{ id: before?.id ?? context.changes.nextId("variant"), productId: product.id },
    ...{ title: values.join(" / "), sku: before?.sku ?? "", options: values, priceMinor: before?.priceMinor ?? 0 },
    ...{ compareAtMinor: before?.compareAtMinor ?? null, costMinor: null, inventoryQuantity: 0 },
    ...{ inventoryPolicy: "DENY", tracked: true, requiresShipping: true, components },
  };
  return withComponentStock(made, (id) => context.changes.variant(id));
}

/** Makes or changes the product at once; whoever polls the operation sees it when that is complete. */
function run(input: BundleInput, existing: DevProduct | null, context: AdminContext) {
  const refused = (userErrors: Refusal[]) => ({ productBundleOperation: null, userErrors });
  const problems = problemsOf(input, context);
  const inputs = input.components ?? [];
  const read = inputs.map((given, place) => readComponent(given, String(place), context));
  problems.push(...read.filter((one) => "message" in one));
  if (problems.length > 0) return refused(problems);
  const product = existing ?? bundleProduct(input.title ?? "", context);
  const components = read.filter((one) => "variantId" in one);
  const made =
    inputs.length === 0
      ? {}
      : { options: shapeOf(inputs).options, variants: [variantOf(product, inputs, components, context)] };
  context.saveProduct({ ...product, title: input.title ?? product.title, ...made });
  context.shop.operations ??= new Map();
  const operation: DevBundleOperation = {
    id: String(context.shop.operations.size + 1),
    productId: product.id,
    polls: 0,
  };
  context.shop.operations.set(operation.id, operation);
  return { productBundleOperation: operationNode(operation, context), userErrors: [] };
}

const STATUSES = ["CREATED", "ACTIVE", "COMPLETE"] as const;

function operationNode(operation: DevBundleOperation, { shop }: AdminContext) {
  const status = STATUSES[Math.min(operation.polls, STATUSES.length - 1)]!;
  return {
    ...{ __typename: "ProductBundleOperation", id: gidOf("ProductBundleOperation", operation.id), status },
    product: status === "COMPLETE" ? (shop.products.get(operation.productId) ?? null) : null,
    userErrors: [],
  };
}

const mutation: Fields<null> = {
  productBundleCreate: (_source, args, context) => {
    requireScope(context, "productBundleCreate", "write_products");
    return run(args.input as BundleInput, null, context);
  },
  productBundleUpdate: (_source, args, context) => {
    requireScope(context, "productBundleUpdate", "write_products");
    const input = args.input as BundleInput;
    const product = context.shop.products.get(parseGid(input.productId ?? "")?.id ?? "");
    if (product === undefined || !isBundle(product)) {
      return { productBundleOperation: null, userErrors: [refusal("Product does not exist", "productId")] };
    }
    return run(input, product, context);
  },
};

const query: Fields<null> = {
  productOperation: (_source, args, context) => {
    requireScope(context, "productOperation", "read_products");
    const operation = context.shop.operations?.get(parseGid(String(args.id))?.id ?? "");
    if (operation === undefined) return null;
    operation.polls += 1;
    return operationNode(operation, context);
  },
};

interface ComponentOf {
  product: DevProduct;
  variant: DevVariant;
  quantity: number;
}

const product: Fields<DevProduct> = {
  hasVariantsThatRequiresComponents: isBundle,
  bundleComponents: list(({ variants }, _args, context) =>
    (variants[0]?.components ?? []).flatMap(({ variantId, quantity }): ComponentOf[] => {
      const variant = context.changes.variant(variantId);
      const owner = variant === null ? undefined : context.shop.products.get(variant.productId);
      return variant === null || owner === undefined ? [] : [{ product: owner, variant, quantity }];
    }),
  ),
};

const component: Fields<ComponentOf> = {
  componentProduct: (of) => of.product,
  componentVariants: list((of) => [of.variant]),
  quantity: ({ quantity }) => quantity,
};

export const bundleFields: TypeFields = {
  QueryRoot: query,
  Mutation: mutation,
  Product: product,
  ProductVariant: {
    requiresComponents: ({ components }: DevVariant) => components !== undefined,
  } as Fields<DevVariant>,
  ProductBundleComponent: component,
};
