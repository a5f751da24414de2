import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import typescript from "typescript-eslint";

/** A folder's forbidden imports, as the design's table of who may import whom says. */
const forbid = (files, patterns, message) => ({
  files,
  ignores: ["**/*.test.ts", "**/*.test.tsx"],
  rules: { "no-restricted-imports": ["error", { patterns: patterns.map((regex) => ({ regex, message })) }] },
});

export default typescript.config(
  {
    ignores: [
      "build/",
      ".data/",
      ".cache/",
      "node_modules/",
      "extensions/*/dist/",
      "extensions/*/generated/",
      "extensions/offer-discount/assembly/host.ts",
      "extensions/theme-offers/assets/",
    ],
  },
  js.configs.recommended,
  ...typescript.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      "no-console": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    files: ["app/**/*.tsx", "app/ui/**/*.ts", "{extensions,extension-kit}/**/*.{ts,tsx}"],
    languageOptions: { globals: { ...globals.browser } },
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  { files: ["test/console-errors.ts", "test/console-errors.test.ts"], rules: { "no-console": "off" } },
  {
    files: ["test/dev-store/**/*.client.js", "test/dev-store/themes/*/assets/*.js"],
    languageOptions: { sourceType: "script", globals: { ...globals.browser, Shopify: "readonly" } },
  },
  {
    files: [
      "test/dev-store/themes/{like-horizon,like-archetype}/assets/*.js",
      "test/dev-store/storefront/assets/standard-events.client.js",
    ],
    languageOptions: { sourceType: "module", globals: globals.browser },
  },
  // Classic scripts that share their top level with each other, as Dawn's do.
  {
    files: ["test/dev-store/themes/like-dawn/assets/*.js"],
    languageOptions: {
      globals: Object.fromEntries(
        ["ON_CHANGE_DEBOUNCE_TIMER", "PUB_SUB_EVENTS", "routes", "subscribe", "publish", "debounce", "fetchConfig"]
          .concat(["sectionInnerHTML", "trapFocus", "removeTrapFocus"])
          .map((name) => [name, "readonly"]),
      ),
    },
    rules: {
      "no-console": "off",
      "no-redeclare": ["error", { builtinGlobals: false }],
      "@typescript-eslint/no-unused-vars": ["error", { vars: "local" }],
    },
  },
  // AssemblyScript reads these as well, and knows no `import type`.
  {
    files: ["app/domain/pricing/kernel/*.ts", "extensions/offer-discount/assembly/*.ts"],
    rules: { "@typescript-eslint/consistent-type-imports": "off" },
  },
  // These speak to a person at a terminal.
  {
    files: ["scripts/**", "app/cli/**", "test/bench/**", "test/dev-store/http/server.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: ["app/**/*.{ts,tsx}"],
    ignores: ["app/server/config.ts", "**/*.test.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Configuration is read in app/server/config.ts alone." },
      ],
    },
  },
  // Of several that name a file the last one holds, by itself.
  forbid(["app/**/*.{ts,tsx}"], ["(^|/)test/"], "Nothing in app/ imports test/."),
  forbid(
    ["app/domain/**/*.ts"],
    ["^node:", "^@?[a-z]", "(flows|shopify|persistence|jobs|routes|ui|cli|test)/"],
    "The domain is pure: it imports nothing outside app/domain.",
  ),
  forbid(
    ["app/{routes,ui,jobs,flows,shopify,cli,server}/**/*.{ts,tsx}"],
    ["^@prisma/", "^pg$", "^pg-", "(^|/)test/"],
    "Only app/persistence speaks to the database.",
  ),
);
