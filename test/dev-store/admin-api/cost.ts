import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";

const MUTATION_COST = 10;

/**
 * What a page of `size` items multiplies the cost of one item by. Shopify publishes the rule ("objects 1, scalars 0,
 * connections sized by first and last") but not the size; 250 items are charged as about 12, which this fits.
 */
export function sizeFactor(size: number): number {
  return size <= 1 ? size : Math.min(size, 1 + 2 * Math.log(size));
}

function listLength(value: ValueNode, variables: Readonly<Record<string, unknown>>): number {
  if (value.kind === "ListValue") return value.values.length;
  const given = value.kind === "Variable" ? variables[value.name.value] : null;
  return Array.isArray(given) ? given.length : 1;
}

interface Walk {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Readonly<Record<string, unknown>>;
}

function numberOf(value: ValueNode | undefined, variables: Readonly<Record<string, unknown>>): number | null {
  if (value?.kind === "IntValue") return Number(value.value);
  if (value?.kind === "Variable")
    return typeof variables[value.name.value] === "number" ? (variables[value.name.value] as number) : null;
  return null;
}

/** Cost of a selection, its objects taken `size` times. Nested pages multiply their sizes before the factor. */
function selectionCost(walk: Walk, type: GraphQLCompositeType, set: SelectionSetNode, size: number): number {
  let own = 0;
  let widest = 0;
  for (const selection of set.selections) {
    if (selection.kind === "Field") {
      if (selection.name.value.startsWith("__") || isUnionType(type)) continue;
      const field = type.getFields()[selection.name.value];
      if (field === undefined || selection.selectionSet === undefined) continue;
      const inner = getNamedType(field.type);
      if (isLeafType(inner)) continue;
      const args = new Map((selection.arguments ?? []).map(({ name, value }) => [name.value, value]));
      own += fieldCost(walk, inner as GraphQLCompositeType, args, selection.selectionSet, size);
      continue;
    }
    const fragment = selection.kind === "InlineFragment" ? selection : walk.fragments.get(selection.name.value);
    if (fragment === undefined) continue;
    const condition = fragment.typeCondition?.name.value;
    const target = condition === undefined ? type : (walk.schema.getType(condition) as GraphQLCompositeType);
    const cost = selectionCost(walk, target, fragment.selectionSet, size);
    // Of several possible types only the dearest one is charged.
    if (target === type) own += cost;
    else widest = Math.max(widest, cost);
  }
  return own + widest;
}

function fieldCost(
  walk: Walk,
  type: GraphQLCompositeType,
  args: ReadonlyMap<string, ValueNode>,
  set: SelectionSetNode,
  size: number,
): number {
  const wrapper = /(Connection|Edge)$/.test(type.name) || type.name === "PageInfo";
  if (type.name.endsWith("Connection")) {
    const page = numberOf(args.get("first"), walk.variables) ?? numberOf(args.get("last"), walk.variables) ?? 1;
    return selectionCost(walk, type, set, size * page);
  }
  // Shopify does not publish what `nodes(ids:)` costs: the dev store charges every id in full, which is the dearest it can be.
  const ids = args.get("ids");
  if (ids !== undefined && size === 1) {
    const many = listLength(ids, walk.variables);
    return many * (1 + selectionCost(walk, type, set, 1));
  }
  const counted = !wrapper && (isObjectType(type) || isInterfaceType(type) || isUnionType(type));
  return (counted ? sizeFactor(size) : 0) + selectionCost(walk, type, set, size);
}

/** `requestedQueryCost` of an operation: what it can cost at most. */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) if (each.kind === "FragmentDefinition") fragments.set(each.name.value, each);
  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  const cost = selectionCost({ schema, fragments, variables }, root, operation.selectionSet, 1);
  return Math.floor(cost) + (operation.operation === "mutation" ? MUTATION_COST : 0);
}

/** `actualQueryCost`: one point per object really given, at least one, never more than was asked for. */
export function actualCost(data: unknown, requested: number, isMutation: boolean): number {
  let objects = -1;
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const each of value) walk(each, key);
    else if (typeof value === "object" && value !== null) {
      const isWrapper = "nodes" in value || "edges" in value || key === "edges" || key === "pageInfo";
      if (!isWrapper) objects++;
      for (const [name, inner] of Object.entries(value)) walk(inner, name);
    }
  };
  walk(data, "");
  return Math.min(requested, Math.max(1, objects) + (isMutation ? MUTATION_COST : 0));
}
