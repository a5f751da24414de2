import { GraphQLError } from "graphql";
import type { AdminContext } from "./context.ts";

export type Args = Readonly<Record<string, unknown>>;
export type Resolver<Source> = (source: Source, args: Args, context: AdminContext) => unknown;

/** A field that Shopify pages through: the resolver gives every item, paging is done in one place. */
export class ListField<Source> {
  readonly items: Resolver<Source>;
  constructor(items: Resolver<Source>) {
    this.items = items;
  }
}

export function list<Source>(items: (source: Source, args: Args, context: AdminContext) => Iterable<object>) {
  return new ListField<Source>(items);
}

export type Fields<Source> = Record<string, Resolver<Source> | ListField<Source>>;
/** Type name -> field name -> resolver. `never` accepts the fields of every source. */
export type TypeFields = Record<string, Fields<never>>;

/** `source` seen as the GraphQL type `name`, where a field's declared type is an interface or a union. */
export function typed<Source extends object>(name: string, source: Source): Source & { __typename: string } {
  const view = Object.create(source) as Source & { __typename: string };
  view.__typename = name;
  return view;
}

/** Shopify's answer where the token lacks a scope: an error with a code, on HTTP 200. */
export function accessDenied(field: string, scope: string): GraphQLError {
  return new GraphQLError(`Access denied for ${field} field. Required access: \`${scope}\` access scope.`, {
    extensions: {
      code: "ACCESS_DENIED",
      documentation: "https://shopify.dev/api/usage/access-scopes",
      requiredAccess: `\`${scope}\` access scope.`,
    },
  });
}

export function requireScope(context: AdminContext, field: string, ...scopes: string[]): void {
  // A write scope includes reading the same thing.
  const has = (scope: string) => context.scopes.has(scope) || context.scopes.has(scope.replace(/^read_/, "write_"));
  const missing = scopes.find((scope) => !has(scope));
  if (missing !== undefined) throw accessDenied(field, missing);
}

export function iso(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");
}
