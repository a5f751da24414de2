import { expect, test } from "vitest";
import type { CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { NearIdentical } from "./near-identical.ts";

function buildItem(id: string, title: string, priceMinor: number, kind: string | null = null): CatalogueItem {
  const nothing = { vendor: null, tags: [], collections: [], attributes: [], refundedShare: null, marginShare: null };
  return { id, title, kind, priceMinor, ...nothing };
}

const COLOURS = ["Green", "Roses", "Pink"];
const CATALOGUE = [
  ...COLOURS.map((colour, n) => buildItem(`cup ${n}`, `${colour} Regency teacup and saucer`, 295)),
  ...COLOURS.map((colour, n) => buildItem(`bag ${n}`, `Jumbo bag ${colour} polkadot`, 208)),
  ...COLOURS.map((colour, n) => buildItem(`clock ${n}`, `Alarm clock ${colour} bakelite`, 1375)),
  buildItem("jug", "Regency milk jug", 325),
  buildItem("stand", "Regency cakestand three tier", 1275),
  ...["Wool scarf", "Felt hat", "Oak tray", "Glass vase", "Tin box", "Paper fan"].map((title, n) =>
    buildItem(title, title, 300 + 400 * n),
  ),
];

test("tells the colours of one thing, and keeps what is only used with it", () => {
  const near = new NearIdentical(CATALOGUE);
  expect(near.earlierOf(["cup 1", "jug", "cup 0", "stand", "cup 2", "bag 0"])).toEqual([
    null,
    null,
    "cup 1",
    null,
    "cup 1",
    null,
  ]);
});

test("tells what differs in its first word alone, at a similar price", () => {
  const wares = [
    buildItem("hagi", "Hagi Tea Cup", 1300, "Cups"),
    buildItem("bizen", "Bizen Tea Cup", 2000, "Cups"),
    buildItem("gold", "Gold Tea Cup", 9000, "Cups"),
    buildItem("sake", "Hagi Sake Cup", 1500, "Cups"),
    buildItem("mug", "Hagi Mug", 1500, "Mugs"),
    buildItem("other mug", "Bizen Mug", 1700, "Mugs"),
    buildItem("untyped", "Blue Mug", 1700),
  ];
  expect(new NearIdentical(wares).earlierOf(wares.map(({ id }) => id))).toEqual([
    ...[null, "hagi", null, null, null, "mug", null],
  ]);
  const japanese = [buildItem("1", "萩焼 湯のみ", 2350, "湯のみ"), buildItem("2", "備前焼 湯のみ", 2900, "湯のみ")];
  expect(new NearIdentical(japanese).earlierOf(["1", "2"])).toEqual([null, "1"]);
});

test("takes a far price or another type for another thing, and knows nothing of a product that was deleted", () => {
  const dear = CATALOGUE.map((item) => (item.id === "bag 1" ? { ...item, priceMinor: 2080 } : item));
  expect(new NearIdentical(dear).earlierOf(["bag 0", "bag 1", "deleted"])).toEqual([null, null, null]);
  const typed = CATALOGUE.map((item, n) => ({ ...item, kind: n === 0 ? "Cups" : "Gifts" }));
  expect(new NearIdentical(typed).earlierOf(["cup 0", "cup 1", "cup 2"])).toEqual([null, null, "cup 1"]);
});
