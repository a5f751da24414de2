import type { GraphQLFieldResolver } from "graphql";

/** Answers fields from plain objects. A field that nothing answers is an error that names it, never a silent null. */
export const strictResolver: GraphQLFieldResolver<Record<string, unknown>, unknown> = (
  source,
  args,
  _context,
  info,
) => {
  if (!(info.fieldName in source)) {
    throw new Error(`The dev store has no value for ${info.parentType.name}.${info.fieldName}.`);
  }
  const value = source[info.fieldName];
  return typeof value === "function" ? (value as (args: unknown) => unknown)(args) : value;
};
