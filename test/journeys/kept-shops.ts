import { rm } from "node:fs/promises";
import type { TestProject } from "vitest/node";
import { makeScratchFolder } from "../fixtures/scratch-folder.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder for the data of shops that several journeys begin with. */
    shops: string;
  }
}

/** Makes the folder in which journeys keep the shops that they begin with, and removes it after the last one. */
export default async function keepShops(project: TestProject): Promise<() => Promise<void>> {
  const folder = await makeScratchFolder("shops");
  project.provide("shops", folder);
  return () => rm(folder, { recursive: true, force: true });
}
