import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** What every project says. */
const SAME = {
  setupFiles: ["test/console-errors.ts"],
  // No module keeps state, so the files that one process runs share what they import and what is compiled of it: it takes
  // half of the processor's time.
  isolate: false,
  // For what hangs, in ms: no test measures time, and a busy machine may take ten times as long as a quiet one.
  testTimeout: 300_000,
  hookTimeout: 600_000,
};

/** Stylesheets are empty in tests otherwise; the preview's document holds the theme blocks' own. */
const STYLES_OF_BLOCKS = { include: [/extension-kit\/theme\/styles\//] };

/** Folders whose tests need no database. */
const PURE = ["app/{domain,ui,preview}/**/*.test.ts"];

/** `scripts/test.mjs` runs the journeys after all other tests, in a process of their own. */
export default defineConfig({
  test: {
    // Vitest leaves one processor to itself otherwise, though it has little to do: one of two would be idle.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: "pure",
          environment: "node",
          include: PURE,
          css: STYLES_OF_BLOCKS,
          ...SAME,
        },
      },
      {
        test: {
          name: "unit",
          environment: "node",
          include: ["{app,extensions,extension-kit,scripts,test}/**/*.test.ts"],
          exclude: [...PURE, "test/journeys/**", "**/node_modules/**"],
          globalSetup: ["test/database-server.ts"],
          css: STYLES_OF_BLOCKS,
          ...SAME,
        },
      },
      {
        esbuild: { jsx: "automatic", jsxImportSource: "preact" },
        test: {
          name: "extensions",
          environment: "jsdom",
          include: ["{extensions,extension-kit}/**/*.test.tsx"],
          server: { deps: { inline: ["@shopify/ui-extensions-tester"] } },
          ...SAME,
        },
      },
      {
        test: {
          name: "journeys",
          environment: "node",
          include: ["test/journeys/**/*.test.ts"],
          globalSetup: ["test/journeys/kept-shops.ts"],
          // After all others, where tests of several kinds are asked for.
          sequence: { groupOrder: 1 },
          ...SAME,
          // A journey is long.
          testTimeout: 1_200_000,
          hookTimeout: 1_200_000,
        },
      },
    ],
  },
});
