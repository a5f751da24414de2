import { enableCompileCache } from "node:module";

// Before anything else is loaded, so that Node strips the types of all of it once and not at every start.
enableCompileCache();
await import("./mine-command.ts");
