import { itemsOf, priceOf, slug, type CatalogueItem, type VariantAxis, type Words } from "./catalogue-item.ts";
import type { ShapeName } from "./pictures/shapes.ts";

const WARES: readonly (readonly [...Words, factor: number, colour: string, glazes: readonly Words[]])[] = [
  [
    "Tokoname",
    "常滑焼",
    1,
    "red",
    [
      ["Red clay", "朱泥"],
      ["Black", "黒"],
    ],
  ],
  [
    "Hagi",
    "萩焼",
    1.15,
    "pink",
    [
      ["Loquat", "枇杷色"],
      ["White", "白"],
    ],
  ],
  [
    "Hasami",
    "波佐見焼",
    0.85,
    "blue",
    [
      ["Indigo", "藍"],
      ["Sand", "砂色"],
    ],
  ],
  [
    "Mino",
    "美濃焼",
    0.8,
    "green",
    [
      ["Oribe green", "織部"],
      ["Shino white", "志野"],
    ],
  ],
  [
    "Arita",
    "有田焼",
    1.3,
    "indigo",
    [
      ["Blue on white", "染付"],
      ["Celadon", "青磁"],
    ],
  ],
  [
    "Shigaraki",
    "信楽焼",
    1.05,
    "brown",
    [
      ["Natural", "自然釉"],
      ["Ash", "灰釉"],
    ],
  ],
  [
    "Bizen",
    "備前焼",
    1.4,
    "black",
    [
      ["Sesame", "胡麻"],
      ["Fire cord", "緋襷"],
    ],
  ],
  [
    "Kutani",
    "九谷焼",
    1.5,
    "yellow",
    [
      ["Five colours", "五彩"],
      ["Gold", "金彩"],
    ],
  ],
];

const FORMS: readonly (readonly [...Words, usd: number, shape: ShapeName])[] = [
  ["Side-Handle Teapot", "急須", 46, "kyusu"],
  ["Teapot", "ティーポット", 42, "teapot"],
  ["Tea Cup", "湯のみ", 14, "cup"],
  ["Mug", "マグカップ", 22, "mug"],
  ["Matcha Bowl", "抹茶碗", 48, "bowl"],
  ["Rice Bowl", "飯碗", 18, "bowl"],
  ["Small Plate", "小皿", 11, "plate"],
  ["Dinner Plate", "大皿", 28, "plate"],
  ["Soup Bowl", "汁椀", 21, "bowl"],
  ["Sake Cup", "ぐい呑み", 13, "cup"],
  ["Flower Vase", "一輪挿し", 26, "vase"],
];

const glazesOf = (glazes: readonly Words[]): VariantAxis => ({
  name: ["Glaze", "釉薬"],
  values: glazes.map((label) => ({ label, factor: 1 })),
});

const pottery = WARES.flatMap(([wareEn, wareJa, factor, colour, glazes]) =>
  itemsOf(
    {
      type: ["Tableware", "うつわ"],
      vendor: [`${wareEn} Kiln`, `${wareJa}窯元`],
      shape: "bowl",
      collections: ["tableware"],
      describe: ([en, ja]) => [
        `${en}, thrown and glazed by hand. No two are quite alike.`,
        `${ja}。ひとつずつ手で挽き、釉薬を掛けています。二つとして同じものはありません。`,
      ],
    },
    FORMS.map(([formEn, formJa, usd, shape]) => ({
      key: slug(`${wareEn} ${formEn}`),
      title: [`${wareEn} ${formEn}`, `${wareJa} ${formJa}`] as Words,
      price: priceOf(Math.round(usd * factor)),
      colour,
      shape,
      collections: formEn.includes("Tea") || formEn.includes("Matcha") ? ["tableware", "tea-things"] : ["tableware"],
      axis: ["Mug", "Tea Cup", "Rice Bowl"].includes(formEn) ? glazesOf(glazes) : null,
    })),
  ),
);

type Row = readonly [en: string, ja: string, usd: number, shape: ShapeName, colour: string];
const rows = (list: readonly Row[]) =>
  list.map(([en, ja, usd, shape, colour]) => ({
    key: slug(en),
    title: [en, ja] as Words,
    price: priceOf(usd),
    shape,
    colour,
  }));

const glass = itemsOf(
  {
    type: ["Glassware", "ガラス"],
    vendor: ["Clearwater Glass", "清水硝子"],
    shape: "cup",
    collections: ["tableware"],
    describe: ([en, ja]) => [`${en} of heat-proof glass, light in the hand.`, `${ja}。手に軽い耐熱ガラス製です。`],
  },
  rows([
    ["Double-Wall Glass Cup", "ダブルウォールグラス", 16, "cup", "grey"],
    ["Glass Teapot with Basket", "茶こし付きガラスポット", 34, "teapot", "teal"],
    ["Cold Brew Tea Bottle", "フィルターインボトル", 24, "bottle", "green"],
    ["Edo Kiriko Tumbler", "江戸切子グラス", 58, "cup", "blue"],
    ["Edo Kiriko Tumbler Red", "江戸切子グラス 赤", 58, "cup", "red"],
    ["Water Carafe", "カラフェ", 29, "bottle", "blue"],
    ["Dessert Glass", "デザートグラス", 12, "bowl", "pink"],
    ["Glass Sugar Bowl", "シュガーボウル", 15, "jar", "cream"],
    ["Glass Milk Jug", "ミルクピッチャー", 14, "kettle", "cream"],
    ["Stacking Tumbler", "スタッキンググラス", 9, "cup", "teal"],
  ]),
);

const table = itemsOf(
  {
    type: ["Chopsticks & lunch boxes", "箸・弁当箱"],
    vendor: ["Kumo Woodwork", "雲木工"],
    shape: "chopsticks",
    collections: ["lunch"],
    describe: ([en, ja]) => [`${en}, finished with natural lacquer.`, `${ja}。天然の漆で仕上げています。`],
  },
  rows([
    ["Ironwood Chopsticks", "鉄木の箸", 12, "chopsticks", "black"],
    ["Cherry Chopsticks", "桜の箸", 11, "chopsticks", "red"],
    ["Bamboo Chopsticks", "竹の箸", 7, "chopsticks", "green"],
    ["Octagonal Chopsticks", "八角箸", 16, "chopsticks", "brown"],
    ["Wakasa Lacquer Chopsticks", "若狭塗箸", 24, "chopsticks", "indigo"],
    ["Children's Chopsticks", "子ども箸", 8, "chopsticks", "yellow"],
    ["Cooking Chopsticks", "菜箸", 6, "chopsticks", "cream"],
    ["Chopstick Rest Plum", "箸置き 梅", 6, "plate", "pink"],
    ["Chopstick Rest Leaf", "箸置き 木の葉", 6, "plate", "green"],
    ["Travel Chopstick Case", "箸箱", 13, "box", "brown"],
    ["Cedar Lunch Box", "杉の曲げわっぱ", 62, "bento", "brown"],
    ["Two-Tier Lunch Box", "二段弁当箱", 32, "bento", "red"],
    ["Aluminium Lunch Box", "アルミ弁当箱", 26, "bento", "grey"],
    ["Slim Lunch Box", "スリム弁当箱", 24, "bento", "blue"],
    ["Children's Lunch Box", "子ども弁当箱", 19, "bento", "yellow"],
    ["Soup Jar", "スープジャー", 34, "jar", "teal"],
    ["Lunch Bag", "ランチバッグ", 18, "tote", "indigo"],
    ["Lunch Bag Insulated", "保冷ランチバッグ", 22, "tote", "green"],
    ["Lunch Box Band", "弁当バンド", 4.5, "cloth", "pink"],
    ["Silicone Food Cups", "シリコンカップ", 6, "cup", "yellow"],
    ["Lunch Cutlery Set", "カトラリーセット", 14, "whisk", "grey"],
    ["Lacquer Soup Bowl", "漆の汁椀", 36, "bowl", "red"],
    ["Serving Tray", "お盆", 29, "plate", "black"],
    ["Lacquer Coaster Set", "漆のコースター", 19, "plate", "brown"],
  ]),
);

export const TABLEWARE: readonly CatalogueItem[] = [...pottery, ...glass, ...table];
