import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RankingModel } from "../domain/mining/model/model.ts";
import { deserialiseModel, serialiseModel } from "../domain/mining/model/serialised-model.ts";
import { fileError, UserError } from "./user-error.ts";

/** Writes a model into a directory, made if need be. Throws a `UserError` where the disk refuses. */
export function writeModel(directory: string, model: RankingModel): void {
  try {
    mkdirSync(directory, { recursive: true });
    for (const { name, bytes } of serialiseModel(model)) writeFileSync(join(directory, name), bytes);
  } catch (error) {
    throw fileError(error, directory);
  }
}

/** Reads a model that {@link writeModel} wrote. Throws a `UserError` where there is none or it cannot be read. */
export function readModel(directory: string): RankingModel {
  const model = deserialiseModel((name) => {
    const path = join(directory, name);
    try {
      return readFileSync(path);
    } catch (error) {
      throw fileError(error, path);
    }
  });
  if ("code" in model) throw new UserError(`"${directory}" holds no model that can be read. ${model.detail}`);
  return model;
}
