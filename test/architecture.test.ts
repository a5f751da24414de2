import { ESLint } from "eslint";
import { cruise, type IForbiddenRuleType, type IReporterOutput } from "dependency-cruiser";
import { expect, test } from "vitest";

const NOT_TESTS = "\\.test\\.tsx?$|^extensions/[^/]+/tests/";

/** One line of the design's table: files below `from` import nothing but what `allowed` matches. */
function only(name: string, from: string, allowed: string): IForbiddenRuleType {
  return {
    name,
    severity: "error",
    from: { path: from, pathNot: NOT_TESTS },
    to: { pathNot: allowed },
  };
}

/** Packages that only `app/persistence` may know; the composition root and the worker reach them through it. */
const DATABASE = "node_modules/(@prisma|\\.prisma|@clickhouse|pg|pg-copy-streams)/";

/** Where a program is wired: the only files beside persistence's own that may import persistence without a flow. */
const WIRING = "^app/server/(composition|shopify-sign-in)\\.ts$";
/** The type of the log is part of what flows are given. */
const LOG = "^app/server/log\\.ts$";
/** Jobs ask whether their shop is still there, and look for workers that ended. */
const JOBS = "^app/jobs/(run-job|start-worker)\\.ts$";

const RULES: IForbiddenRuleType[] = [
  only("the domain imports nothing outside the domain", "^app/domain/", "^app/domain/"),
  {
    name: "app never imports test",
    severity: "error",
    from: { path: "^(app|extensions)/", pathNot: NOT_TESTS },
    to: { path: "^test/" },
  },
  {
    name: "threads run what the domain says",
    severity: "error",
    from: { path: "^app/threads/", pathNot: NOT_TESTS },
    to: { path: "^app/", pathNot: "^app/(domain|threads)/" },
  },
  {
    name: "persistence, shopify and ui build on the domain alone",
    severity: "error",
    from: { path: "^app/(persistence|shopify|ui)/", pathNot: NOT_TESTS },
    to: { path: "^app/(flows|queue|jobs|routes|cli|threads|server)/" },
  },
  {
    name: "flows know nothing of routes, jobs or pages",
    severity: "error",
    from: { path: "^app/flows/", pathNot: NOT_TESTS },
    to: { path: "^app/(routes|jobs|ui|cli|server)/", pathNot: LOG },
  },
  {
    name: "routes, jobs, commands and the server reach data through flows",
    severity: "error",
    from: { path: "^app/(routes|jobs|cli|server)/", pathNot: `${NOT_TESTS}|${WIRING}|${JOBS}` },
    to: { path: `^app/persistence/|${DATABASE}` },
  },
  {
    name: "only persistence uses the database",
    severity: "error",
    from: { path: "^app/", pathNot: `${NOT_TESTS}|^app/persistence/` },
    to: { path: DATABASE },
  },
  {
    name: "an extension reaches the domain through its door",
    severity: "error",
    from: {
      path: "^(extensions|extension-kit)/",
      pathNot: `${NOT_TESTS}|(src|assembly)/domain\\.ts$|^extension-kit/domain\\.ts$`,
    },
    to: { path: "^app/" },
  },
  {
    name: "an extension's door opens on the domain alone",
    severity: "error",
    from: { path: "^(extensions/.*/(src|assembly)|extension-kit)/domain\\.ts$" },
    to: { path: "^app/", pathNot: "^app/domain/" },
  },
  {
    name: "the kit knows no extension",
    severity: "error",
    from: { path: "^extension-kit/", pathNot: NOT_TESTS },
    to: { path: "^(extensions|test)/" },
  },
  {
    name: "nothing imports in a circle",
    severity: "error",
    from: { path: "^(app|extensions|extension-kit|test/dev-store)/" },
    to: { circular: true },
  },
  {
    name: "no type of offer knows another",
    severity: "error",
    from: { path: "^app/domain/offers/types/([^/]+)/", pathNot: NOT_TESTS },
    to: { path: "^app/domain/offers/types/", pathNot: "^app/domain/offers/types/$1/" },
  },
];

/**
 * The folders of the domain, in the order in which they build on one another: each imports only those before it. Files
 * are of the longest folder that matches.
 */
const DOMAIN_ORDER = [
  "ids.ts",
  "money",
  "time",
  "statistics",
  "shape",
  "shoppers",
  "orders",
  "orders/files",
  "catalogue",
  "baskets",
  "customers",
  "mining/evidence",
  "mining/matrices",
  "mining/rankers",
  "mining/browsing",
  "mining/selection",
  "mining/model",
  "mining/lists",
  "mining/segments",
  "mining/upgrades",
  "settings",
  "pricing",
  "publishing",
  "store-credit",
  "offers",
  "offers/types",
  // Lists of all types, and what needs them.
  "offers/offer-types.ts",
  "offers/read-offer.ts",
  "offers/first-offers.ts",
  "offers/gives-discount.ts",
  "offers/compiled-types.ts",
  "offers/product-metafields.ts",
  "offers/listed-products.ts",
  "offers/promised-credits.ts",
  "offers/shop-metafields.ts",
  "playbooks",
  "simulation",
  "backtest",
  "placements",
  "measurement",
  "shop",
];

/** The folders of `app/flows` in the same way: what happens to a shop comes last, since it leads to everything else. */
const FLOWS_ORDER = [
  "context.ts",
  "notices",
  "activity",
  "triggers",
  "bundles",
  "publishing",
  "playbooks",
  "offers",
  "simulator",
  "backtest",
  "settings",
  "measurement",
  "store-credit",
  "mining",
  "orders",
  "catalogue",
  "customers",
  "shop",
  "receive-webhook.ts",
];

type Modules = IReporterOutput & {
  output: { modules: { source: string; dependencies: { resolved: string }[] }[] };
};

test.each([
  ["app/domain", DOMAIN_ORDER],
  ["app/flows", FLOWS_ORDER],
] as const)(
  "the folders of %s import only those before them",
  async (root, order) => {
    const placeOf = (file: string) => {
      const path = file.slice(root.length + 1);
      const folders = order.filter((folder) => path === folder || path.startsWith(`${folder}/`));
      return order.indexOf(folders.toSorted((a, b) => b.length - a.length)[0]!);
    };
    const { output } = (await cruise([root], {
      exclude: { path: NOT_TESTS },
      doNotFollow: { path: `^(?!${root}/)` },
      tsPreCompilationDeps: true,
    })) as Modules;
    const modules = output.modules.filter(({ source }) => source.startsWith(`${root}/`));
    expect(modules.filter(({ source }) => placeOf(source) < 0).map(({ source }) => source)).toEqual([]);
    const backwards = modules.flatMap(({ source, dependencies }) =>
      dependencies
        .filter(({ resolved }) => resolved.startsWith(`${root}/`) && placeOf(resolved) > placeOf(source))
        .map(({ resolved }) => `${source} -> ${resolved}`),
    );
    expect(backwards).toEqual([]);
  },
  60_000,
);

test("nobody imports what the design forbids", async () => {
  const { output } = (await cruise(["app", "extension-kit", "extensions", "test/dev-store"], {
    ruleSet: { forbidden: RULES },
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    validate: true,
  })) as IReporterOutput & {
    output: { summary: { violations: { from: string; to: string; rule: { name: string } }[] } };
  };
  expect(output.summary.violations.map(({ from, to, rule }) => `${from} -> ${to}: ${rule.name}`)).toEqual([]);
});

test.each([
  ["app/domain/money/money.ts", "node:fs"],
  ["app/flows/context.ts", "../../test/database.ts"],
  ["app/flows/context.ts", "@prisma/client"],
])("ESLint refuses in %s, in an editor already, to import %s", async (filePath, imported) => {
  const [result] = await new ESLint().lintText(`import "${imported}";\n`, { filePath });
  expect(result!.messages.map(({ ruleId }) => ruleId)).toContain("no-restricted-imports");
});
