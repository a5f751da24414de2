import type { CatalogueItem, Words } from "./catalogue-item.ts";

/** What a merchant notes of a product: words in both languages, several of them, a figure, or whether it is so. */
export type Fact = Words | readonly Words[] | number | boolean;

/** By the keys of the metafields; nothing for the groups that the merchant has not described. */
export function factsOf(item: CatalogueItem): Readonly<Record<string, Fact>> {
  const [first = "", ...rest] = item.title[0].split(" ");
  const form = rest.join(" ");
  switch (item.type[0]) {
    case "Green tea":
      return { ...ESTATES[first], ...STYLES[form] };
    case "Matcha":
      return MATCHAS[item.title[0]] ?? {};
    case "Coffee beans":
      return COFFEES[item.title[0]] ?? {};
    case "Tableware":
      return tableware(first, form);
    case "Knives":
      return knife(item.title[0]);
    default:
      return {};
  }
}

/** Shopify's category of a product, in its taxonomy's own English; null for what nobody has filed. */
export function categoryOf(item: CatalogueItem): string | null {
  const type = item.type[0];
  if (type.endsWith("tea") || type === "Matcha") return "Food, Beverages & Tobacco > Beverages > Tea & Infusions";
  if (type === "Coffee beans") return "Food, Beverages & Tobacco > Beverages > Coffee";
  if (type === "Knives") return "Home & Garden > Kitchen & Dining > Kitchen Tools & Utensils > Kitchen Knives";
  if (type !== "Tableware") return null;
  const form = item.title[0].split(" ").slice(1).join(" ");
  return WARE_CATEGORIES[form] ?? null;
}

const ESTATES: Readonly<Record<string, Record<string, Fact>>> = {
  Uji: { origin: ["Uji, Kyoto", "京都府宇治市"], harvest: ["First harvest, by hand", "一番茶・手摘み"] },
  Shizuoka: { origin: ["Kawane, Shizuoka", "静岡県川根"], harvest: ["First harvest", "一番茶"] },
  Yame: { origin: ["Yame, Fukuoka", "福岡県八女市"], harvest: ["First harvest", "一番茶"], organic: true },
  Kagoshima: { origin: ["Kirishima, Kagoshima", "鹿児島県霧島市"], harvest: ["Second harvest", "二番茶"] },
  Chiran: { origin: ["Chiran, Kagoshima", "鹿児島県知覧"], harvest: ["First harvest", "一番茶"] },
  Sayama: { origin: ["Sayama, Saitama", "埼玉県狭山市"], harvest: ["Second harvest", "二番茶"] },
};
const STYLES: Readonly<Record<string, Record<string, Fact>>> = {
  Gyokuro: { shade: 20 },
  Kabusecha: { shade: 10 },
};
/** Longer in the shade, and picked earlier. */
const MATCHAS: Readonly<Record<string, Record<string, Fact>>> = {
  "Culinary Matcha": { harvest: ["Second harvest", "二番茶"], shade: 14 },
  "Everyday Matcha": { harvest: ["First harvest", "一番茶"], shade: 21 },
  "Nishio Matcha": { origin: ["Nishio, Aichi", "愛知県西尾市"], harvest: ["First harvest", "一番茶"], shade: 21 },
  "Ceremonial Matcha Uji": { ...ESTATES.Uji, shade: 28 },
  "Yame Matcha Reserve": { ...ESTATES.Yame, harvest: ["First harvest, by hand", "一番茶・手摘み"], shade: 30 },
};

const coffee = (roast: Words, altitude: number, ...notes: Words[]) => ({ roast, altitude, notes });
const LIGHT: Words = ["Light", "浅煎り"];
const MEDIUM: Words = ["Medium", "中煎り"];
const DARK: Words = ["Dark", "深煎り"];
const COFFEES: Readonly<Record<string, Record<string, Fact>>> = {
  "Ethiopia Yirgacheffe": coffee(LIGHT, 2000, ["jasmine", "ジャスミン"], ["lemon", "レモン"], ["peach", "桃"]),
  "Kenya Nyeri": coffee(LIGHT, 1800, ["blackcurrant", "カシス"], ["grapefruit", "グレープフルーツ"]),
  "Colombia Huila": coffee(MEDIUM, 1700, ["caramel", "キャラメル"], ["apple", "りんご"]),
  "Guatemala Antigua": coffee(MEDIUM, 1550, ["cocoa", "カカオ"], ["orange", "オレンジ"]),
  "Brazil Cerrado": coffee(MEDIUM, 1100, ["hazelnut", "ヘーゼルナッツ"], ["milk chocolate", "ミルクチョコ"]),
  "Sumatra Mandheling": coffee(DARK, 1300, ["cedar", "杉"], ["dark chocolate", "ビターチョコ"]),
  "Costa Rica Tarrazú": coffee(MEDIUM, 1750, ["honey", "はちみつ"], ["red apple", "赤りんご"]),
  "Rwanda Huye": coffee(LIGHT, 1900, ["red berries", "ベリー"], ["black tea", "紅茶"]),
};

const STONEWARE: Words = ["Stoneware", "陶器"];
const PORCELAIN: Words = ["Porcelain", "磁器"];
/** Potteries throw larger or smaller, which their customers know. */
const POTTERIES: Readonly<Record<string, { material: Words; size: number; painted?: true }>> = {
  Tokoname: { material: STONEWARE, size: 1 },
  Hagi: { material: STONEWARE, size: 1.1 },
  Hasami: { material: PORCELAIN, size: 0.9 },
  Mino: { material: STONEWARE, size: 0.9 },
  Arita: { material: PORCELAIN, size: 1 },
  Shigaraki: { material: STONEWARE, size: 1.2 },
  Bizen: { material: STONEWARE, size: 1.15 },
  Kutani: { material: PORCELAIN, size: 1, painted: true },
};
const CAPACITIES: Readonly<Record<string, number>> = {
  ...{ "Side-Handle Teapot": 300, Teapot: 600, "Tea Cup": 180, Mug: 320, "Matcha Bowl": 450, "Rice Bowl": 350 },
  ...{ "Soup Bowl": 380, "Sake Cup": 60 },
};

function tableware(pottery: string, form: string): Readonly<Record<string, Fact>> {
  const made = POTTERIES[pottery];
  if (made === undefined) return {};
  const capacity = CAPACITIES[form];
  return {
    material: made.material,
    dishwasher_safe: made.material === PORCELAIN && made.painted === undefined,
    ...(made.painted === undefined ? {} : { hand_painted: true }),
    ...(capacity === undefined ? {} : { capacity: Math.round((capacity * made.size) / 10) * 10 }),
  };
}

const TABLE = "Home & Garden > Kitchen & Dining > Tableware";
const WARE_CATEGORIES: Readonly<Record<string, string>> = {
  "Side-Handle Teapot": `${TABLE} > Coffee Servers & Tea Pots`,
  Teapot: `${TABLE} > Coffee Servers & Tea Pots`,
  "Tea Cup": `${TABLE} > Drinkware > Coffee & Tea Cups`,
  Mug: `${TABLE} > Drinkware > Mugs`,
  "Sake Cup": `${TABLE} > Drinkware > Sake Cups`,
  "Matcha Bowl": `${TABLE} > Dinnerware > Bowls`,
  "Rice Bowl": `${TABLE} > Dinnerware > Bowls`,
  "Soup Bowl": `${TABLE} > Dinnerware > Bowls`,
  "Small Plate": `${TABLE} > Dinnerware > Plates`,
  "Dinner Plate": `${TABLE} > Dinnerware > Plates`,
  "Flower Vase": "Home & Garden > Decor > Vases",
};

const BLADES: Readonly<Record<string, number>> = {
  ...{ Santoku: 170, Gyuto: 210, Nakiri: 165, "Petty Knife": 130, "Bread Knife": 240, Deba: 165 },
};
const STEELS: Readonly<Record<string, Record<string, Fact>>> = {
  "Seki Stainless": { steel: ["Molybdenum stainless", "モリブデン鋼"], hardness: 57, dishwasher_safe: false },
  "Sakai Blue Steel": { steel: ["Blue steel no. 2", "青紙二号"], hardness: 63, dishwasher_safe: false },
  Damascus: { steel: ["VG10 Damascus", "VG10 ダマスカス"], hardness: 60.5, layers: 33, dishwasher_safe: false },
};

function knife(title: string): Readonly<Record<string, Fact>> {
  const smith = Object.keys(STEELS).find((name) => title.startsWith(name)) ?? "";
  const blade = BLADES[title.slice(smith.length + 1)];
  return { ...STEELS[smith], ...(blade === undefined ? {} : { blade }) };
}
