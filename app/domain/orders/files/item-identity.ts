import { variantTitles, type TitledForm } from "./variant-titles.ts";

/** What lines of a file say of an item, each combination once. */
export interface ItemForm {
  /** Id of the product, where the file has such a column. */
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  /** Titles may end in a variant ("Shirt - M"). */
  readonly titleHoldsVariant: boolean;
  readonly prices: Set<string>;
  readonly orders: Set<number>;
}

/** Which product each form is of, and what was not certain about it. */
export interface ItemIdentities {
  /** Form -> id of its product; "" where nothing names it. */
  readonly ids: readonly string[];
  /** Form -> title of its product. */
  readonly titles: readonly string[];
  readonly notes: readonly IdentityNote[];
}

export interface IdentityNote {
  readonly code:
    | "variants-joined"
    | "variants-joined-doubtful"
    | "titles-kept-apart"
    | "codes-not-used"
    | "ids-not-used"
    | "several-codes";
  readonly count: number;
  readonly examples: readonly string[];
}

const NO_CODE =
  /^(|n\/?a|#n\/a|#ref!|#value!|#name\?|none|null|nil|nan|undefined|unknown|-+|–+|—+|\.+|\?+|x+|tbd|tba|no ?sku|なし|無し|無|未設定|未定|不明|0+|keine?|aucune?|ninguno|sin sku)$/i;
/** What a spreadsheet makes of a long number: "1.23457E+12". */
const DAMAGED = /^\d([.,]\d+)?e[+-]?\d+$/i;
const DAMAGED_ID = /^\d[.,]\d+e\+\d+$/i;
const EXAMPLES = 3;
/** A code with more titles than this stands for no product. */
const MOST_TITLES = 3;

/**
 * Gives each form of an item the id of its product. A product id of the file stands as it is. Without one, the code
 * (SKU) and the title together tell: lines with one title are of one product, also where some lack the code, and
 * variants of one product are that product. A code that stands for several unlike titles is no code of a product.
 */
export function itemIdentities(forms: readonly ItemForm[]): ItemIdentities {
  const notes: IdentityNote[] = [];
  const note = (code: IdentityNote["code"], about: readonly string[]) => {
    if (about.length > 0) notes.push({ code, count: about.length, examples: about.slice(0, EXAMPLES) });
  };
  const useIds = idsName(forms);
  if (!useIds && forms.some(({ id }) => id !== "")) note("ids-not-used", [forms.find(({ id }) => id !== "")!.id]);
  const cleaned = forms.map((form) => ({
    ...form,
    id: useIds && !isNoId(form.id, forms) ? form.id : "",
    sku: NO_CODE.test(form.sku) || DAMAGED.test(form.sku) ? "" : form.sku,
  }));
  const bases = baseTitles(cleaned, note);
  const unsure = codesOfUnlikeTitles(cleaned, bases);
  note("codes-not-used", [...unsure]);
  const groups = new Groups();
  cleaned.forEach((form, index) => {
    if (form.id !== "") return groups.join(`form ${index}`, `id ${form.id}`);
    const title = titleKey(bases[index]!);
    if (title !== "") groups.join(`form ${index}`, `title ${title}`);
    if (form.sku !== "" && !unsure.has(form.sku)) groups.join(`form ${index}`, `sku ${form.sku}`);
  });
  linkIdlessForms(cleaned, bases, groups);
  const named = namedGroups(cleaned, bases, groups, unsure);
  note(
    "several-codes",
    [...named.values()].filter(({ skus }) => skus > 12).map(({ title }) => title),
  );
  return {
    ids: cleaned.map((_, index) => named.get(groups.of(`form ${index}`))?.id ?? ""),
    titles: cleaned.map((_, index) => named.get(groups.of(`form ${index}`))?.title ?? ""),
    notes,
  };
}

/** A column of ids that stands for far more titles than it has ids numbers the lines of orders, not products. */
function idsName(forms: readonly ItemForm[]): boolean {
  const ids = new Set(forms.map(({ id }) => id).filter((id) => id !== ""));
  if (ids.size === 0) return false;
  const titles = new Set(forms.map(({ title }) => titleKey(title)).filter((title) => title !== ""));
  return titles.size < 3 * ids.size || titles.size < 4;
}

/** Whether a spreadsheet has shortened this id, so that it stands for many ("1.23457E+12"). */
export function isDamagedId(id: string): boolean {
  return DAMAGED_ID.test(id);
}

function isNoId(id: string, forms: readonly ItemForm[]): boolean {
  if (isDamagedId(id)) return true;
  if (id === "0") return new Set(forms.filter((form) => form.id === "0").map(({ title }) => title)).size > 1;
  return /^(|null|nan|none|undefined|n\/a|#n\/a|#ref!|#value!|-|nil)$/i.test(id);
}

function baseTitles(
  forms: readonly ItemForm[],
  note: (code: IdentityNote["code"], about: readonly string[]) => void,
): string[] {
  const titled: TitledForm[] = forms.filter(({ id, titleHoldsVariant }) => id === "" && titleHoldsVariant);
  const { productOf, keptApart, doubtful } = variantTitles(titled);
  note("variants-joined", [...new Set(productOf.values())]);
  note("variants-joined-doubtful", doubtful);
  note("titles-kept-apart", keptApart);
  return forms.map(({ id, title, titleHoldsVariant }) =>
    id === "" && titleHoldsVariant ? (productOf.get(title) ?? title) : title,
  );
}

/** Codes whose titles are so unlike that they cannot be one product under several names. */
function codesOfUnlikeTitles(forms: readonly ItemForm[], bases: readonly string[]): Set<string> {
  const titles = new Map<string, Map<string, Set<number>>>();
  forms.forEach(({ id, sku, orders }, index) => {
    const title = titleKey(bases[index]!);
    if (id !== "" || sku === "" || title === "") return;
    const known = titles.get(sku) ?? new Map<string, Set<number>>();
    known.set(title, new Set([...(known.get(title) ?? []), ...orders]));
    titles.set(sku, known);
  });
  const unsure = new Set<string>();
  for (const [sku, known] of titles) if (known.size > 1 && !isOneProduct(known)) unsure.add(sku);
  return unsure;
}

/** A product that was renamed keeps words of its title, or is never sold under both in one order. */
function isOneProduct(titles: ReadonlyMap<string, ReadonlySet<number>>): boolean {
  if (titles.size > MOST_TITLES) return false;
  const all = [...titles];
  return all.every(([title, orders], index) =>
    all.slice(index + 1).every(([other, otherOrders]) => {
      if (areAlike(title, other)) return true;
      // Numbers of orders rise through the file: a new name begins where the old one ends.
      const [a, b] = [[...orders], [...otherOrders]];
      const areApart = Math.max(...a) < Math.min(...b) || Math.max(...b) < Math.min(...a);
      return areApart && !isChance(a.length, b.length);
    }),
  );
}

/** Whether `a` and `b` orders in random order would often lie in two separate stretches: in 1 of 20 cases or more. */
function isChance(a: number, b: number): boolean {
  let ways = 1;
  for (let k = 1; k <= Math.min(a, b, 30); k++) ways = (ways * (a + b + 1 - k)) / k;
  return 2 / ways > 0.05;
}

function areAlike(a: string, b: string): boolean {
  const wordsOf = (title: string) => new Set(title.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ""));
  const [first, second] = [wordsOf(a), wordsOf(b)];
  const shared = [...first].filter((word) => second.has(word)).length;
  return shared * 2 >= Math.min(first.size, second.size) && shared > 0;
}

/** Lines without a product id are of the product that their title or code names elsewhere, where it is one product. */
function linkIdlessForms(forms: readonly ItemForm[], bases: readonly string[], groups: Groups): void {
  const idOf = new Map<string, string | null>();
  forms.forEach(({ id, sku }, index) => {
    if (id === "") return;
    for (const key of [`title ${titleKey(bases[index]!)}`, `sku ${sku}`]) {
      const known = idOf.get(key);
      idOf.set(key, known === undefined || known === id ? id : null);
    }
  });
  forms.forEach(({ id, sku, title }, index) => {
    if (id !== "") return;
    const known =
      (title === "" ? null : idOf.get(`title ${titleKey(bases[index]!)}`)) ??
      (sku === "" ? null : idOf.get(`sku ${sku}`));
    if (known != null) groups.join(`form ${index}`, `id ${known}`);
  });
}

interface NamedGroup {
  readonly id: string;
  readonly title: string;
  readonly skus: number;
}

function namedGroups(
  forms: readonly ItemForm[],
  bases: readonly string[],
  groups: Groups,
  unsure: ReadonlySet<string>,
): Map<string, NamedGroup> {
  const members = new Map<string, number[]>();
  forms.forEach((_, index) => {
    const group = groups.of(`form ${index}`);
    members.set(group, [...(members.get(group) ?? []), index]);
  });
  const taken = new Set<string>();
  const named = new Map<string, NamedGroup>();
  for (const [group, indexes] of members) {
    const id = indexes.map((index) => forms[index]!.id).find((each) => each !== "");
    const skus = new Set(indexes.map((index) => forms[index]!.sku).filter((sku) => sku !== "" && !unsure.has(sku)));
    const title = mostOrdered(indexes, forms, bases);
    const own = id ?? (skus.size === 1 ? [...skus][0]! : title || ([...skus][0] ?? ""));
    let unique = own;
    for (let copy = 2; unique !== "" && taken.has(unique); copy++) unique = `${own} (${copy})`;
    taken.add(unique);
    named.set(group, { id: unique, title, skus: skus.size });
  }
  return named;
}

function mostOrdered(indexes: readonly number[], forms: readonly ItemForm[], bases: readonly string[]): string {
  const orders = new Map<string, number>();
  for (const index of indexes) {
    const title = bases[index]!;
    if (title !== "") orders.set(title, (orders.get(title) ?? 0) + forms[index]!.orders.size);
  }
  let best = "";
  for (const [title, count] of orders) if (best === "" || count > orders.get(best)!) best = title;
  return best;
}

/** How titles are compared: full width folded, lower case, single spaces. */
function titleKey(title: string): string {
  return title.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/** Groups of names that stand for one thing (union-find). */
class Groups {
  readonly #parent = new Map<string, string>();

  of(name: string): string {
    let root = name;
    for (let parent = this.#parent.get(root); parent !== undefined && parent !== root; parent = this.#parent.get(root))
      root = parent;
    if (root !== name) this.#parent.set(name, root);
    return root;
  }

  join(a: string, b: string): void {
    const [first, second] = [this.of(a), this.of(b)];
    if (first !== second) this.#parent.set(first, second);
  }
}
