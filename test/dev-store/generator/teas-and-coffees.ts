import { itemsOf, priceOf, slug, WEIGHTS, type CatalogueItem, type VariantAxis, type Words } from "./catalogue-item.ts";

const ORIGINS: readonly (readonly [...Words, factor: number])[] = [
  ["Uji", "宇治", 1.25],
  ["Shizuoka", "静岡", 1],
  ["Yame", "八女", 1.15],
  ["Kagoshima", "鹿児島", 0.95],
  ["Chiran", "知覧", 1.05],
  ["Sayama", "狭山", 0.9],
];
const KINDS: readonly (readonly [...Words, usd: number, colour: string])[] = [
  ["Sencha", "煎茶", 11, "green"],
  ["Gyokuro", "玉露", 24, "teal"],
  ["Hojicha", "ほうじ茶", 8.5, "brown"],
  ["Genmaicha", "玄米茶", 9, "yellow"],
  ["Kabusecha", "かぶせ茶", 16, "green"],
];
const GRIND: VariantAxis = {
  name: ["Grind", "挽き目"],
  values: [
    { label: ["Whole bean", "豆のまま"], factor: 1 },
    { label: ["Filter", "中挽き"], factor: 1 },
    { label: ["Espresso", "極細挽き"], factor: 1 },
  ],
};
const TIN_OR_REFILL: VariantAxis = {
  name: ["Pack", "包装"],
  values: [
    { label: ["Tin 80 g", "缶入り 80g"], factor: 1.35 },
    { label: ["Refill bag 80 g", "詰め替え袋 80g"], factor: 1 },
  ],
};

const tea = (type: Words) => ({
  type,
  shape: "tin" as const,
  collections: ["tea"],
  refillDays: 34,
  describe: ([en, ja]: Words): Words => [
    `${en}, from a single harvest and packed the week it is ordered. Two steepings at least.`,
    `${ja}。一度の収穫分だけを、ご注文の週に詰めてお届けします。二煎目もおいしくいただけます。`,
  ],
});

const greenTeas = itemsOf(
  { ...tea(["Green tea", "緑茶"]), vendor: ["Minori Tea Growers", "みのり茶園"], axis: WEIGHTS },
  ORIGINS.flatMap(([originEn, originJa, factor]) =>
    KINDS.map(([kindEn, kindJa, usd, colour]) => ({
      key: slug(`${originEn} ${kindEn}`),
      title: [`${originEn} ${kindEn}`, `${originJa}${kindJa}`] as Words,
      price: priceOf(Math.round(usd * factor * 2) / 2),
      colour,
    })),
  ),
);

type Row = readonly [en: string, ja: string, usd: number, colour: string];
const rows = (list: readonly Row[]) =>
  list.map(([en, ja, usd, colour]) => ({ key: slug(en), title: [en, ja] as Words, price: priceOf(usd), colour }));

const blackTeas = itemsOf(
  { ...tea(["Black tea", "紅茶"]), vendor: ["Hartley & Finch", "ハートリー＆フィンチ"], axis: TIN_OR_REFILL },
  rows([
    ["Darjeeling First Flush", "ダージリン ファーストフラッシュ", 18, "green"],
    ["Darjeeling Second Flush", "ダージリン セカンドフラッシュ", 16.5, "brown"],
    ["Assam Breakfast", "アッサム ブレックファスト", 10, "red"],
    ["Ceylon Uva", "セイロン ウバ", 11, "brown"],
    ["Nuwara Eliya", "ヌワラエリヤ", 12, "teal"],
    ["Keemun Hao Ya", "キームン", 14, "black"],
    ["Lapsang Souchong", "ラプサンスーチョン", 12.5, "black"],
    ["Nilgiri Frost", "ニルギリ", 11, "purple"],
    ["Yunnan Gold", "雲南ゴールド", 15, "yellow"],
    ["Earl Grey", "アールグレイ", 10.5, "indigo"],
    ["Lady Grey", "レディグレイ", 10.5, "blue"],
    ["English Breakfast", "イングリッシュ ブレックファスト", 9.5, "red"],
    ["Irish Breakfast", "アイリッシュ ブレックファスト", 9.5, "green"],
    ["Masala Chai", "マサラチャイ", 11, "brown"],
    ["Decaf Ceylon", "デカフェ セイロン", 11.5, "grey"],
    ["Wakoucha Japanese Black", "和紅茶", 13.5, "red"],
  ]),
);

const otherTeas = itemsOf(
  {
    ...tea(["Oolong & white tea", "烏龍茶・白茶"]),
    vendor: ["Hartley & Finch", "ハートリー＆フィンチ"],
    axis: WEIGHTS,
  },
  rows([
    ["Tieguanyin Oolong", "鉄観音", 13, "green"],
    ["Dong Ding Oolong", "凍頂烏龍茶", 15, "teal"],
    ["Oriental Beauty", "東方美人", 22, "brown"],
    ["Milk Oolong", "金萱烏龍茶", 14, "cream"],
    ["Big Red Robe", "大紅袍", 20, "red"],
    ["Jasmine Pearls", "ジャスミンパール", 14.5, "cream"],
    ["Silver Needle", "白毫銀針", 26, "grey"],
    ["White Peony", "白牡丹", 17, "green"],
    ["Aged Pu-erh", "熟成プーアル茶", 18, "black"],
    ["Raw Pu-erh", "生プーアル茶", 19, "green"],
  ]),
);

const herbals = itemsOf(
  {
    ...tea(["Herbal tea", "ハーブティー"]),
    vendor: ["Larkfield Herbs", "ラークフィールド"],
    refillDays: 40,
    axis: null,
  },
  rows([
    ["Chamomile Flowers", "カモミール", 8, "yellow"],
    ["Peppermint Leaf", "ペパーミント", 7.5, "green"],
    ["Rooibos Red Bush", "ルイボス", 8, "red"],
    ["Lemon Verbena", "レモンバーベナ", 9, "yellow"],
    ["Hibiscus & Rosehip", "ハイビスカス＆ローズヒップ", 8.5, "pink"],
    ["Ginger & Lemon", "ジンジャーレモン", 8.5, "yellow"],
    ["Lavender Evening Blend", "ラベンダー ナイトブレンド", 9.5, "purple"],
    ["Lemongrass", "レモングラス", 7.5, "green"],
    ["Roasted Buckwheat Tea", "そば茶", 7, "brown"],
    ["Roasted Barley Tea", "麦茶", 5.5, "brown"],
    ["Black Soybean Tea", "黒豆茶", 7.5, "black"],
    ["Yuzu & Mint", "柚子ミント", 9, "yellow"],
    ["Elderflower", "エルダーフラワー", 9, "cream"],
    ["Mulberry Leaf", "桑の葉茶", 8, "teal"],
  ]),
);

const matcha = itemsOf(
  {
    ...tea(["Matcha", "抹茶"]),
    vendor: ["Minori Tea Growers", "みのり茶園"],
    refillDays: 28,
    describe: ([en, ja]: Words): Words => [
      `${en}: stone-ground, sifted, in a tin that keeps the light out.`,
      `${ja}。石臼で挽き、ふるいにかけ、光を通さない缶に詰めました。`,
    ],
  },
  rows([
    ["Ceremonial Matcha Uji", "宇治抹茶 濃茶用", 34, "green"],
    ["Everyday Matcha", "薄茶用抹茶", 18, "green"],
    ["Culinary Matcha", "製菓用抹茶", 12, "teal"],
    ["Yame Matcha Reserve", "八女抹茶 極", 42, "teal"],
    ["Nishio Matcha", "西尾抹茶", 22, "green"],
    ["Hojicha Latte Powder", "ほうじ茶ラテパウダー", 13, "brown"],
  ]),
);

const coffees = itemsOf(
  {
    type: ["Coffee beans", "コーヒー豆"],
    vendor: ["Northgate Roasters", "ノースゲート焙煎所"],
    shape: "bag",
    collections: ["coffee"],
    refillDays: 21,
    plans: [
      { name: ["Every month", "毎月"], percentOff: 10 },
      { name: ["Every two weeks", "2週間ごと"], percentOff: 15 },
    ],
    axis: GRIND,
    describe: ([en, ja]) => [
      `${en}, roasted on Tuesdays, 200 g. Best from the fifth day after roasting.`,
      `${ja} 200g。毎週火曜日に焙煎。焙煎から五日目以降が飲み頃です。`,
    ],
  },
  rows([
    ["Ethiopia Yirgacheffe", "エチオピア イルガチェフェ", 17, "pink"],
    ["Kenya Nyeri", "ケニア ニエリ", 18, "red"],
    ["Colombia Huila", "コロンビア ウィラ", 16, "brown"],
    ["Guatemala Antigua", "グアテマラ アンティグア", 16.5, "green"],
    ["Brazil Cerrado", "ブラジル セラード", 14, "yellow"],
    ["Sumatra Mandheling", "マンデリン", 16, "black"],
    ["Costa Rica Tarrazú", "コスタリカ タラス", 17, "blue"],
    ["Rwanda Huye", "ルワンダ フイエ", 17, "purple"],
    ["House Blend", "ハウスブレンド", 13, "brown"],
    ["Dark Roast Blend", "深煎りブレンド", 13.5, "black"],
    ["Espresso Blend", "エスプレッソブレンド", 14.5, "red"],
    ["Decaf Blend", "デカフェブレンド", 15, "grey"],
  ]),
);

export const TEAS_AND_COFFEES: readonly CatalogueItem[] = [
  ...greenTeas,
  ...blackTeas,
  ...otherTeas,
  ...herbals,
  ...matcha,
  ...coffees,
];
