import { meetsTests, type ShopperFacts } from "../../pricing/buyer-facts.ts";

/** Stand for a country, a currency and a language that no test names. */
const OTHER_COUNTRY = "ZZ";
const OTHER_CURRENCY = "XXX";
const OTHER_LANGUAGE = "zz";

const ANYBODY: ShopperFacts = {
  ...{ country: OTHER_COUNTRY, currency: OTHER_CURRENCY, language: OTHER_LANGUAGE },
  ...{ signedIn: false, orders: null, tags: [], business: false, counter: false, valueMinor: 0, units: 1 },
};

/** Letters of tests that ask for facts of one kind; whether facts of one kind meet them depends on no others. */
const KINDS = ["c", "mv", "l", "sbot", "p", "n", "u"] as const;

/**
 * Whether anybody can meet one group of tests. Tries the facts at which its tests change, kind by kind: countries and
 * order counts, say, never exclude each other.
 */
export function canBeMet(group: string): boolean {
  const tests = group.split("+").filter((test) => test !== "");
  return KINDS.every((letters) => {
    const own = tests.filter((test) => letters.includes(test.replace("!", "").charAt(0)));
    const tried = facts(letters, own);
    return own.length === 0 || tried.some((some) => meetsTests(own.join("+"), { ...ANYBODY, ...some }) === true);
  });
}

/** The facts of one kind that tests tell apart. */
function facts(kind: (typeof KINDS)[number], tests: readonly string[]): Partial<ShopperFacts>[] {
  const named = tests.join(".");
  const numbers = [...named.matchAll(/\d+/g)].flatMap(([digits]) => [Number(digits), Number(digits) - 1]);
  switch (kind) {
    case "c":
      return [OTHER_COUNTRY, ...(named.match(/[A-Z]{2}/g) ?? [])].map((country) => ({ country }));
    case "mv":
      return [OTHER_CURRENCY, ...(named.match(/[A-Z]{3}/g) ?? [])].flatMap((currency) =>
        [0, ...numbers].map((valueMinor) => ({ currency, valueMinor })),
      );
    case "l":
      return [OTHER_LANGUAGE, ...tests.flatMap((test) => test.replace(/^!?l/, "").split("."))].map((language) => ({
        language,
      }));
    case "sbot": {
      const customers = [0, 1, ...numbers].filter((orders) => orders >= 0);
      const tags = tagsToTry(tests);
      return [false, true].flatMap((business) => [
        ...(business ? [] : [{ signedIn: false, business }]),
        ...customers.map((orders) => ({ signedIn: true, orders, tags, business })),
      ]);
    }
    case "p":
      return [{ counter: true }, { counter: false }];
    case "u":
      return [{ campaigns: numbers }];
    case "n":
      return [1, ...numbers].filter((units) => units >= 1).map((units) => ({ units }));
  }
}

/** All tags that a group names but those that it rules out: whoever meets the group at all meets it with these. */
function tagsToTry(tests: readonly string[]): number[] {
  const named = (start: string) =>
    tests.filter((test) => test.startsWith(start)).flatMap((test) => test.slice(start.length).split(".").map(Number));
  const excluded = new Set(named("!t"));
  return named("t").filter((tag) => !excluded.has(tag));
}
