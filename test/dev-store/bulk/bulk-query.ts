import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  GraphQLError,
  isAbstractType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from "graphql";
import type { AdminContext } from "../admin-api/context.ts";
import type { Args } from "../admin-api/fields.ts";
import { fieldOf } from "../admin-api/registry.ts";
import { adminSchema } from "../admin-api/schema.ts";

const MAX_CONNECTIONS = 5;
const MAX_DEPTH = 2;

/** A connection of a bulk query: how to list its items, how to write one, and the connections inside it. */
export interface BulkConnection {
  items(source: unknown, context: AdminContext): Iterable<object>;
  project(source: object, context: AdminContext): Record<string, unknown>;
  children: BulkConnection[];
}

type FragmentMap = ReadonlyMap<string, FragmentDefinitionNode>;
type Projector = (source: unknown, context: AdminContext) => unknown;

/** Shopify's refusal of a bulk query, in a user error. */
export class BulkQueryError extends Error {}

/** Every field of a selection for one concrete type, fragments resolved, later duplicates dropped. */
function fieldsOf(type: GraphQLObjectType, set: SelectionSetNode, fragments: FragmentMap): FieldNode[] {
  const found = new Map<string, FieldNode>();
  const add = (selections: SelectionSetNode) => {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        if (!found.has(key)) found.set(key, selection);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment === undefined) continue;
      const condition = fragment.typeCondition?.name.value;
      const conditionType = condition === undefined ? type : adminSchema().getType(condition);
      const applies =
        conditionType === type || (isAbstractType(conditionType) && adminSchema().isSubType(conditionType, type));
      if (applies) add(fragment.selectionSet);
    }
  };
  add(set);
  return [...found.values()];
}

function isConnection(type: GraphQLOutputType): boolean {
  return getNamedType(type).name.endsWith("Connection");
}

/** The selection of a connection's nodes, through `nodes` or through `edges { node }`. */
function nodeSelection(field: FieldNode): SelectionSetNode {
  for (const selection of field.selectionSet?.selections ?? []) {
    if (selection.kind !== Kind.FIELD || selection.selectionSet === undefined) continue;
    if (selection.name.value === "nodes") return selection.selectionSet;
    if (selection.name.value !== "edges") continue;
    for (const inner of selection.selectionSet.selections) {
      if (inner.kind === Kind.FIELD && inner.name.value === "node" && inner.selectionSet) return inner.selectionSet;
    }
  }
  throw new BulkQueryError(`The connection '${field.name.value}' must select its nodes.`);
}

function nodeType(connection: GraphQLOutputType): GraphQLObjectType {
  const type = getNamedType(connection);
  if (!isObjectType(type)) throw new BulkQueryError("A connection must be an object.");
  const nodes = type.getFields().nodes;
  const node = nodes === undefined ? null : getNamedType(nodes.type);
  if (!isObjectType(node)) throw new BulkQueryError(`The dev store cannot read ${type.name} in bulk.`);
  return node;
}

class Compiler {
  connections = 0;
  readonly #fragments: FragmentMap;
  constructor(fragments: FragmentMap) {
    this.#fragments = fragments;
  }

  connection(parent: GraphQLObjectType, field: FieldNode, depth: number): BulkConnection {
    this.connections++;
    if (depth > MAX_DEPTH) {
      throw new BulkQueryError(
        `Bulk queries cannot contain connections with a nesting depth greater than ${MAX_DEPTH}.`,
      );
    }
    const definition = parent.getFields()[field.name.value];
    if (definition === undefined) throw new BulkQueryError(`Unknown field ${field.name.value}.`);
    const args = getArgumentValues(definition, field, {}) as Args;
    const found = fieldOf(parent.name, field.name.value);
    if (found.kind !== "list")
      throw new BulkQueryError(`The dev store has no list behind ${parent.name}.${field.name.value}.`);
    const type = nodeType(definition.type);
    const set = nodeSelection(field);
    const children: BulkConnection[] = [];
    const project = this.#object(type, set, { depth, children, inList: false });
    const selectsId = fieldsOf(type, set, this.#fragments).some(
      (each) => each.name.value === "id" && each.alias === undefined,
    );
    if (children.length > 0 && !selectsId) {
      throw new BulkQueryError(
        "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of " +
          "'ID' return type. Connection fields without 'id': " +
          `${field.name.value}.`,
      );
    }
    return { items: (source, context) => found.items(source, args, context) as Iterable<object>, project, children };
  }

  #object(
    type: GraphQLObjectType,
    set: SelectionSetNode,
    at: { depth: number; children: BulkConnection[] | null; inList: boolean },
  ): (source: object, context: AdminContext) => Record<string, unknown> {
    const keys: string[] = [];
    const values: Projector[] = [];
    for (const field of fieldsOf(type, set, this.#fragments)) {
      const name = field.name.value;
      const definition = type.getFields()[name];
      if (name === "__typename" || definition === undefined) {
        keys.push(field.alias?.value ?? name);
        values.push(() => type.name);
        continue;
      }
      if (isConnection(definition.type)) {
        if (at.inList) {
          throw new BulkQueryError(
            "Queries that contain a connection field within a list field are not currently supported.",
          );
        }
        if (at.children === null)
          throw new BulkQueryError("The dev store reads no connection inside an object in bulk.");
        at.children.push(this.connection(type, field, at.depth + 1));
        continue;
      }
      keys.push(field.alias?.value ?? name);
      values.push(this.#field(type, field, at.inList));
    }
    return (source, context) => {
      const row: Record<string, unknown> = {};
      for (let index = 0; index < keys.length; index++) {
        row[keys[index] as string] = (values[index] as Projector)(source, context);
      }
      return row;
    };
  }

  #field(type: GraphQLObjectType, field: FieldNode, inList: boolean): Projector {
    const definition = type.getFields()[field.name.value];
    if (definition === undefined) throw new BulkQueryError(`Unknown field ${field.name.value}.`);
    const args = getArgumentValues(definition, field, {}) as Args;
    const found = fieldOf(type.name, field.name.value);
    if (found.kind === "list") throw new BulkQueryError(`${field.name.value} is a connection.`);
    const inner = this.#output(definition.type, field, inList);
    return (source, context) => inner(found.resolve(source, args, context), context);
  }

  #output(output: GraphQLOutputType, field: FieldNode, inList: boolean): Projector {
    const type = getNullableType(output);
    if (isListType(type)) {
      const each = this.#output(type.ofType, field, true);
      return (value, context) => {
        if (value === null) return null;
        const items = value as unknown[];
        return items.length === 0 ? items : items.map((item) => each(item, context));
      };
    }
    if (isLeafType(type)) return (value) => value;
    const set = field.selectionSet as SelectionSetNode;
    if (isObjectType(type)) {
      const project = this.#object(type, set, { depth: 0, children: null, inList });
      return (value, context) => (value === null ? null : project(value as object, context));
    }
    const byType = new Map<string, (source: object, context: AdminContext) => Record<string, unknown>>();
    return (value, context) => {
      if (value === null) return null;
      const name = (value as { __typename: string }).__typename;
      let project = byType.get(name);
      if (project === undefined) {
        project = this.#object(adminSchema().getType(name) as GraphQLObjectType, set, {
          depth: 0,
          children: null,
          inList,
        });
        byType.set(name, project);
      }
      return project(value as object, context);
    };
  }
}

/**
 * Checks a bulk query against the schema and Shopify's restrictions (one top-level field, one to five connections, at
 * most two deep, none inside a list, `id` on parents) and makes it ready to write rows. Throws `BulkQueryError`.
 */
export function compileBulkQuery(query: string): BulkConnection {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    throw new BulkQueryError(`Invalid bulk query: ${error instanceof GraphQLError ? error.message : "syntax error"}`);
  }
  const invalid = validate(adminSchema(), document);
  if (invalid.length > 0)
    throw new BulkQueryError(`Invalid bulk query: ${invalid.map(({ message }) => message).join(", ")}`);
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operation === undefined || operations.length > 1)
    throw new BulkQueryError("Bulk queries must contain one operation.");
  if (operation.operation !== "query") throw new BulkQueryError("Only queries can be run in bulk.");
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const root = adminSchema().getQueryType() as GraphQLObjectType;
  const fields = fieldsOf(root, operation.selectionSet, fragments);
  const [field] = fields;
  if (field === undefined || fields.length > 1) {
    throw new BulkQueryError("Bulk queries cannot contain more than one top level field.");
  }
  if (field.name.value === "node" || field.name.value === "nodes") {
    throw new BulkQueryError("Bulk queries cannot contain a top level node or nodes field.");
  }
  const definition = root.getFields()[field.name.value];
  if (definition === undefined || !isConnection(definition.type)) {
    throw new BulkQueryError("Bulk queries must contain at least one connection.");
  }
  const compiler = new Compiler(fragments);
  const connection = compiler.connection(root, field, 1);
  if (compiler.connections > MAX_CONNECTIONS) {
    throw new BulkQueryError(`Bulk queries cannot contain more than ${MAX_CONNECTIONS} connections.`);
  }
  return connection;
}
