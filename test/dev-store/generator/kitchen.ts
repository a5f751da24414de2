import { itemsOf, priceOf, slug, type CatalogueItem, type VariantAxis, type Words } from "./catalogue-item.ts";
import type { ShapeName } from "./pictures/shapes.ts";

type Row = readonly [en: string, ja: string, usd: number, shape: ShapeName, colour: string, refillDays?: number];
const rows = (list: readonly Row[]) =>
  list.map(([en, ja, usd, shape, colour, refillDays]) => ({
    key: slug(en),
    title: [en, ja] as Words,
    price: priceOf(usd),
    shape,
    colour,
    refillDays: refillDays ?? null,
  }));

const teaTools = itemsOf(
  {
    type: ["Tea things", "茶道具"],
    vendor: ["Kumo Woodwork", "雲木工"],
    shape: "whisk",
    collections: ["tea-things"],
    describe: ([en, ja]) => [`${en}, made for daily use.`, `${ja}。毎日使えるつくりです。`],
  },
  rows([
    ["Bamboo Tea Whisk", "茶筅", 22, "whisk", "brown", 240],
    ["Whisk Holder", "茶筅直し", 14, "candle", "grey"],
    ["Bamboo Tea Scoop", "茶杓", 9, "chopsticks", "brown"],
    ["Matcha Sifter", "抹茶ふるい", 16, "strainer", "grey"],
    ["Linen Tea Cloth", "茶巾", 8, "cloth", "cream"],
    ["Stainless Tea Strainer", "茶こし", 12, "strainer", "grey"],
    ["Deep Infuser Basket", "深型茶こし", 15, "strainer", "black"],
    ["Paper Tea Filters", "お茶パック", 5, "filters", "cream", 60],
    ["Cherry Bark Canister", "桜皮の茶筒", 48, "tin", "red"],
    ["Tin Tea Canister", "ブリキの茶筒", 19, "tin", "grey"],
    ["Washi Tea Canister", "和紙の茶筒", 14, "tin", "pink"],
    ["Tea Timer", "砂時計 3分", 17, "clock", "teal"],
    ["Quilted Tea Cosy", "ティーコジー", 24, "cloth", "red"],
    ["Wooden Tea Tray", "茶盆", 38, "board", "brown"],
    ["Tea Measuring Spoon", "茶さじ", 7, "chopsticks", "yellow"],
    ["Cast Iron Kettle", "南部鉄瓶", 128, "kettle", "black"],
    ["Enamel Kettle", "ホーローケトル", 52, "kettle", "cream"],
  ]),
);

const coffeeTools = itemsOf(
  {
    type: ["Coffee things", "コーヒー器具"],
    vendor: ["Northgate Roasters", "ノースゲート焙煎所"],
    shape: "filters",
    collections: ["coffee"],
    describe: ([en, ja]) => [`${en}: what we brew with ourselves.`, `${ja}。私たちが毎日使っている道具です。`],
  },
  rows([
    ["Plastic Coffee Dripper", "コーヒードリッパー 樹脂", 9, "filters", "grey"],
    ["Ceramic Coffee Dripper", "コーヒードリッパー 磁器", 17, "filters", "cream"],
    ["Copper Coffee Dripper", "コーヒードリッパー 銅", 33, "filters", "brown"],
    ["Paper Coffee Filters 100", "コーヒーフィルター 100枚", 6.5, "filters", "cream", 70],
    ["Unbleached Coffee Filters 100", "無漂白コーヒーフィルター 100枚", 6.5, "filters", "brown", 70],
    ["Coffee Server", "コーヒーサーバー", 21, "kettle", "grey"],
    ["Hand Grinder", "手挽きミル", 64, "tin", "black"],
    ["Electric Grinder", "電動ミル", 119, "tin", "grey"],
    ["Coffee Scale", "コーヒースケール", 45, "clock", "black"],
    ["Gooseneck Kettle", "細口ケトル", 58, "kettle", "grey"],
    ["French Press", "フレンチプレス", 36, "jar", "brown"],
    ["Cold Brew Pot", "水出しコーヒーポット", 27, "bottle", "brown"],
    ["Coffee Canister", "コーヒーキャニスター", 24, "tin", "brown"],
    ["Coffee Measuring Spoon", "メジャースプーン", 8, "chopsticks", "brown"],
    ["Milk Frother", "ミルクフォーマー", 19, "whisk", "grey"],
    ["Grinder Cleaning Tablets", "ミルクリーナー", 12, "jar", "blue", 120],
  ]),
);

const KNIVES: readonly (readonly [...Words, usd: number])[] = [
  ["Santoku", "三徳包丁", 78],
  ["Gyuto", "牛刀", 88],
  ["Nakiri", "菜切包丁", 74],
  ["Petty Knife", "ペティナイフ", 52],
  ["Bread Knife", "パン切り包丁", 62],
  ["Deba", "出刃包丁", 96],
];
const STEELS: readonly (readonly [...Words, factor: number, colour: string])[] = [
  ["Seki Stainless", "関 ステンレス", 0.75, "grey"],
  ["Sakai Blue Steel", "堺 青紙", 1.4, "blue"],
  ["Damascus", "ダマスカス", 1.95, "black"],
];
const knives = itemsOf(
  {
    type: ["Knives", "包丁"],
    vendor: ["Hamono Sakai", "刃物さかい"],
    shape: "knife",
    collections: ["kitchen"],
    describe: ([en, ja]) => [
      `${en}, sharpened by hand before it leaves the workshop.`,
      `${ja}。工房で一丁ずつ手研ぎしてからお届けします。`,
    ],
  },
  STEELS.flatMap(([steelEn, steelJa, factor, colour]) =>
    KNIVES.map(([knifeEn, knifeJa, usd]) => ({
      key: slug(`${steelEn} ${knifeEn}`),
      title: [`${steelEn} ${knifeEn}`, `${steelJa} ${knifeJa}`] as Words,
      price: priceOf(Math.round(usd * factor)),
      colour,
    })),
  ),
);

const SIZES: VariantAxis = {
  name: ["Size", "サイズ"],
  values: [
    { label: ["Small", "小"], factor: 1 },
    { label: ["Medium", "中"], factor: 1.3 },
    { label: ["Large", "大"], factor: 1.7 },
  ],
};
const SIZED = new Set([
  "hinoki-cutting-board",
  "walnut-cutting-board",
  "iron-frying-pan",
  "donabe-clay-pot",
  "bamboo-steamer",
]);

const cooking = itemsOf(
  {
    type: ["Kitchen tools", "台所道具"],
    vendor: ["Sugiyama Tools", "杉山道具店"],
    shape: "pan",
    collections: ["kitchen"],
    describe: ([en, ja]) => [`${en} that will outlast its owner.`, `${ja}。一生使える道具です。`],
  },
  rows([
    ["Whetstone 1000", "砥石 #1000", 34, "box", "red"],
    ["Whetstone 3000", "砥石 #3000", 42, "box", "yellow"],
    ["Whetstone 6000", "砥石 #6000", 58, "box", "cream"],
    ["Whetstone Holder", "砥石台", 26, "board", "black"],
    ["Magnolia Knife Guard", "朴木の鞘", 18, "knife", "brown"],
    ["Hinoki Cutting Board", "ひのきのまな板", 39, "board", "yellow"],
    ["Walnut Cutting Board", "くるみのまな板", 64, "board", "brown"],
    ["Camellia Blade Oil", "椿油 刃物用", 14, "bottle", "yellow", 180],
    ["Iron Frying Pan", "鉄のフライパン", 48, "pan", "black"],
    ["Tamagoyaki Pan", "玉子焼き器", 36, "pan", "brown"],
    ["Nambu Iron Skillet", "南部鉄スキレット", 44, "pan", "black"],
    ["Yukihira Saucepan", "行平鍋", 42, "pot", "grey"],
    ["Donabe Clay Pot", "土鍋", 68, "pot", "brown"],
    ["Rice Cooking Donabe", "炊飯土鍋", 92, "pot", "black"],
    ["Bamboo Steamer", "せいろ", 38, "pot", "yellow"],
    ["Steamer Ring", "蒸し板", 16, "plate", "grey"],
    ["Parchment Steamer Liners", "せいろ用シート", 6, "paper", "cream", 75],
    ["Wooden Rice Paddle", "しゃもじ", 9, "chopsticks", "yellow"],
    ["Cypress Rice Tub", "おひつ", 74, "pot", "yellow"],
    ["Suribachi Mortar", "すり鉢", 28, "bowl", "brown"],
    ["Surikogi Pestle", "すりこぎ", 12, "chopsticks", "green"],
    ["Copper Grater", "銅のおろし金", 46, "board", "red"],
    ["Bamboo Draining Basket", "竹ざる", 24, "strainer", "yellow"],
    ["Fine Mesh Skimmer", "あく取り", 13, "strainer", "grey"],
    ["Tawashi Brush", "亀の子たわし", 6, "heart", "brown", 90],
    ["Pan Cleaning Brush", "ささら", 11, "whisk", "green"],
    ["Olive Wood Spatula", "オリーブの木べら", 15, "chopsticks", "green"],
    ["Storage Jar Small", "保存瓶 小", 12, "jar", "teal"],
    ["Storage Jar Large", "保存瓶 大", 18, "jar", "teal"],
    ["Enamel Storage Box", "ホーロー容器", 22, "box", "cream"],
    ["Pickle Press", "漬物器", 27, "jar", "green"],
    ["Rice Bin", "米びつ", 49, "box", "brown"],
  ]).map((item) => ({ ...item, axis: SIZED.has(item.key) ? SIZES : null })),
);

const PATTERNS: readonly (readonly [...Words, colour: string])[] = [
  ["Asanoha", "麻の葉", "indigo"],
  ["Seigaiha", "青海波", "blue"],
  ["Shippo", "七宝", "pink"],
  ["Yagasuri", "矢絣", "purple"],
  ["Ichimatsu", "市松", "teal"],
  ["Sakura", "桜", "red"],
];
const CLOTHS: readonly (readonly [...Words, usd: number, shape: ShapeName])[] = [
  ["Tea Towel", "ふきん", 9, "cloth"],
  ["Apron", "エプロン", 36, "apron"],
  ["Furoshiki", "風呂敷", 22, "cloth"],
  ["Tenugui", "手ぬぐい", 13, "cloth"],
];
const linens = PATTERNS.flatMap(([patternEn, patternJa, colour]) =>
  itemsOf(
    {
      type: ["Linens", "布もの"],
      vendor: ["Someya Dye Works", "染谷染工"],
      shape: "cloth",
      collections: ["linens"],
      describe: ([en, ja]) => [
        `${en}, dyed in Osaka. Softer with every wash.`,
        `${ja}。大阪で染めています。洗うほどやわらかくなります。`,
      ],
    },
    CLOTHS.map(([clothEn, clothJa, usd, shape]) => ({
      key: slug(`${patternEn} ${clothEn}`),
      title: [`${patternEn} ${clothEn}`, `${patternJa} ${clothJa}`] as Words,
      price: priceOf(usd),
      colour,
      shape,
    })),
  ),
);

export const KITCHEN: readonly CatalogueItem[] = [...teaTools, ...coffeeTools, ...knives, ...cooking, ...linens];
