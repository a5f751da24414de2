/** One title of a file, as its lines have it. */
export interface TitledForm {
  readonly title: string;
  readonly sku: string;
  /** The prices it was sold at, as texts. */
  readonly prices: ReadonlySet<string>;
  /** Numbers of the orders that hold it. */
  readonly orders: ReadonlySet<number>;
}

/** What titles like "Linen Shirt - M / Blue" were taken for. */
export interface VariantTitles {
  /** Title -> the product's own title, for those that end in a variant. */
  readonly productOf: ReadonlyMap<string, string>;
  /** Products whose titles only look as if they ended in variants, and were kept apart. */
  readonly keptApart: readonly string[];
  /** Products joined by prices or codes alone, without known words of variants. */
  readonly doubtful: readonly string[];
}

const SEPARATOR = " - ";
const WORDS = `xxs|xs|s|m|l|xl|xxl|xxxl|\\dxl|small|medium|large|extra large|x-large|extra small|regular|mini|tall|short|long|petite|plus|one size|os|
  standard|default|default title|single|double|queen|king|twin|full|left|right|men|women|mens|womens|kids|adult|youth|unisex|
  black|white|red|blue|green|yellow|orange|purple|pink|brown|grey|gray|navy|beige|cream|ivory|gold|silver|natural|clear|olive|teal|khaki|
  charcoal|burgundy|turquoise|lavender|mint|rose|copper|bronze|multi|tan|indigo|coral|sand|oak|walnut|
  schwarz|weiss|weiß|rot|blau|grun|grün|gelb|rosa|braun|grau|klein|mittel|gross|groß|noir|blanc|rouge|bleu|vert|jaune|petit|moyen|grand|
  negro|blanco|rojo|azul|verde|amarillo|pequeño|mediano|grande|
  赤|青|黒|白|緑|黄|黄色|紫|茶|茶色|灰色|桃|ピンク|ブルー|レッド|ブラック|ホワイト|グリーン|イエロー|グレー|ネイビー|ベージュ|ブラウン|
  大|中|小|特大|フリー|フリーサイズ|男性用|女性用|レギュラー|ミニ|whole bean|ground|espresso|filter|decaf|monthly|weekly|yearly|digital|physical|paperback|hardcover|ebook`;
const KNOWN = new Set(WORDS.split("|").map((word) => word.trim()));
const MEASURE =
  /^(about |approx\.? |size |no\.? |us |eu |uk |jp )?#?\d+([.,/x×]\d+)*\s*(mm|cm|m|km|ml|cl|l|g|kg|oz|fl oz|lb|lbs|in|inch|inches|ft|"|''|pack|pk|pcs?|pieces?|count|ct|sheets?|bags?|tins?|個|枚|本|袋|箱|入|入り|号|グラム|months?|weeks?|years?|days?|%|w|v|gb|tb|stück|packs?|cups?|sachets?)?$/i;
const PACK =
  /^((pack|set|box|case|bundle) of \d+|\d+[- ]?(pack|er pack|er set|個セット|本セット|枚セット|点セット)|size .{1,6}|[a-d]\d)$/i;

/** Whether a title's end says which of a product it is: a size, a colour, a measure, or several options. */
export function isOptionText(text: string): boolean {
  const pieces = text.split(/\s*[/,、・]\s*/).map((piece) => piece.trim().toLowerCase());
  const known = pieces.filter((piece) => KNOWN.has(piece) || MEASURE.test(piece) || PACK.test(piece));
  // "M / Blue", "Blue, Yes": of options that are joined, one that is known stands for the others.
  return known.length === pieces.length || (pieces.length > 1 && known.length > 0) || wordsAreKnown(text);
}

/** "Dark Blue", "Large Red": every word of a short text is one of variants. */
function wordsAreKnown(text: string): boolean {
  const words = text
    .toLowerCase()
    .replace(/\b(dark|light|deep|pale|bright|matte|matt|heather|size)\b/g, "")
    .split(/\s+/)
    .filter((word) => word !== "");
  return words.length > 0 && words.length <= 4 && words.every((word) => KNOWN.has(word) || MEASURE.test(word));
}

/**
 * Finds the titles that are variants of one product, in files that write "Product - Variant" into one field. A title
 * is cut only where several titles share what stands before the last " - ", and their ends are options by their
 * words, or nothing but the end sets them apart: one price, or codes that differ in their ends only.
 */
export function variantTitles(forms: readonly TitledForm[]): VariantTitles {
  const productOf = new Map<string, string>();
  const keptApart: string[] = [];
  const doubtful: string[] = [];
  for (const [base, group] of groupedByBase(forms)) {
    const titles = new Set(group.map(({ title }) => title));
    if (titles.size < 2) continue;
    const ends = group
      .filter(({ title }) => title !== base)
      .map(({ title }) => title.slice(base.length + SEPARATOR.length));
    const options = ends.filter(isOptionText).length;
    if (options * 5 < ends.length * 4) {
      if (options * 2 < ends.length && !differInTheirEndsOnly(group)) {
        keptApart.push(base);
        continue;
      }
      doubtful.push(base);
    }
    for (const title of titles) productOf.set(title, base);
  }
  return { productOf, keptApart, doubtful };
}

function groupedByBase(forms: readonly TitledForm[]): Map<string, TitledForm[]> {
  const byBase = new Map<string, TitledForm[]>();
  for (const form of forms) {
    const cut = form.title.lastIndexOf(SEPARATOR);
    if (cut <= 0) continue;
    const base = form.title.slice(0, cut);
    const group = byBase.get(base);
    if (group === undefined) byBase.set(base, [form]);
    else group.push(form);
  }
  // The product may have been sold before it had variants.
  for (const form of forms) byBase.get(form.title)?.push(form);
  return byBase;
}

function differInTheirEndsOnly(group: readonly TitledForm[]): boolean {
  const prices = new Set(group.flatMap((form) => [...form.prices]));
  const skus = group.map(({ sku }) => sku).filter((sku) => sku !== "");
  const stem = skus.reduce((common, sku) => commonStart(common, sku), skus[0] ?? "");
  const shortest = Math.min(...skus.map(({ length }) => length));
  const haveStem = skus.length === group.length && stem.length * 3 >= shortest * 2;
  return (prices.size === 1 || haveStem) && !areBoughtTogether(group);
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

/** Two that are in one order half of the time complete each other; of one product, one is mostly enough. */
function areBoughtTogether(group: readonly TitledForm[]): boolean {
  return group.some((form, index) =>
    group.slice(index + 1).some((other) => {
      if (other.title === form.title) return false;
      const [rarer, commoner] =
        form.orders.size < other.orders.size ? [form.orders, other.orders] : [other.orders, form.orders];
      let together = 0;
      for (const order of rarer) if (commoner.has(order)) together++;
      return together * 2 >= rarer.size;
    }),
  );
}
