import { itemsOf, priceOf, slug, type CatalogueItem, type Words } from "./catalogue-item.ts";
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

const sweets = itemsOf(
  {
    type: ["Sweets", "お菓子"],
    vendor: ["Komorebi Bakery", "こもれび菓子店"],
    shape: "box",
    collections: ["pantry"],
    costShare: 0.5,
    describe: ([en, ja]) => [`${en}, baked in small batches.`, `${ja}。少しずつ焼いています。`],
  },
  rows([
    ["Butter Shortbread", "バターショートブレッド", 9, "box", "yellow"],
    ["Matcha Cookies", "抹茶クッキー", 9.5, "box", "green"],
    ["Hojicha Cookies", "ほうじ茶クッキー", 9.5, "box", "brown"],
    ["Ginger Biscuits", "ジンジャービスケット", 8, "box", "brown"],
    ["Earl Grey Madeleines", "紅茶のマドレーヌ", 12, "box", "indigo"],
    ["Yuzu Pound Cake", "柚子パウンドケーキ", 18, "box", "yellow"],
    ["Black Sesame Financiers", "黒ごまフィナンシェ", 13, "box", "black"],
    ["Rice Crackers Soy", "しょうゆせんべい", 6, "bag", "brown"],
    ["Rice Crackers Seaweed", "のりせんべい", 6.5, "bag", "teal"],
    ["Konpeito Sugar Stars", "金平糖", 7, "jar", "pink"],
    ["Wasanbon Sweets", "和三盆", 16, "box", "pink"],
    ["Sweet Bean Yokan", "練り羊羹", 14, "box", "purple"],
    ["Monaka Wafers", "最中", 15, "box", "cream"],
    ["Dark Chocolate 70%", "ダークチョコレート", 8, "card", "brown"],
    ["Matcha Chocolate", "抹茶チョコレート", 8.5, "card", "green"],
    ["Salted Caramels", "塩キャラメル", 10, "bag", "yellow"],
  ]),
);

const pantry = itemsOf(
  {
    type: ["Pantry", "食料品"],
    vendor: ["Hillside Larder", "ヒルサイド食品"],
    shape: "jar",
    collections: ["pantry"],
    costShare: 0.55,
    describe: ([en, ja]) => [
      `${en}, with nothing added that does not belong there.`,
      `${ja}。余計なものは何も加えていません。`,
    ],
  },
  rows([
    ["Acacia Honey", "アカシアはちみつ", 14, "jar", "yellow", 75],
    ["Chestnut Honey", "栗のはちみつ", 16, "jar", "brown", 75],
    ["Buckwheat Honey", "そばのはちみつ", 15, "jar", "brown"],
    ["Strawberry Jam", "いちごジャム", 9, "jar", "red"],
    ["Blueberry Jam", "ブルーベリージャム", 9.5, "jar", "indigo"],
    ["Bitter Orange Marmalade", "オレンジマーマレード", 9, "jar", "yellow"],
    ["Yuzu Marmalade", "柚子マーマレード", 10, "jar", "yellow"],
    ["Fig Jam", "いちじくジャム", 10, "jar", "purple"],
    ["Milk Jam", "ミルクジャム", 9.5, "jar", "cream"],
    ["Lemon Curd", "レモンカード", 10, "jar", "yellow"],
    ["Barrel-Aged Soy Sauce", "木桶仕込み醤油", 13, "bottle", "brown", 80],
    ["White Soy Sauce", "白醤油", 14, "bottle", "yellow"],
    ["Red Miso", "赤味噌", 11, "jar", "red", 60],
    ["White Miso", "白味噌", 11, "jar", "cream", 60],
    ["Rice Vinegar", "米酢", 10, "bottle", "grey"],
    ["Toasted Sesame Oil", "胡麻油", 12, "bottle", "brown"],
    ["Mirin Aged Three Years", "三年熟成みりん", 15, "bottle", "yellow"],
    ["Dashi Packs", "だしパック", 13, "bag", "brown", 45],
    ["Rishiri Kombu", "利尻昆布", 17, "bag", "green"],
    ["Bonito Flakes", "かつお節", 11, "bag", "pink"],
    ["Shichimi Spice", "七味唐辛子", 7, "jar", "red"],
    ["Sansho Pepper", "粉山椒", 9, "jar", "green"],
    ["Roasted Sesame", "いりごま", 6, "bag", "brown"],
    ["Yuzu Kosho", "柚子胡椒", 8, "jar", "green"],
    ["Pickled Plums", "梅干し", 16, "jar", "red"],
    ["Sea Salt Flakes", "藻塩", 9, "jar", "grey"],
    ["Rock Sugar", "氷砂糖", 6, "bag", "cream"],
    ["Brown Sugar Syrup", "黒蜜", 9, "bottle", "black"],
    ["Soba Noodles", "そば", 8, "bag", "brown"],
    ["Koshihikari Rice 2 kg", "コシヒカリ 2kg", 19, "bag", "cream", 35],
  ]),
);

const gifts = itemsOf(
  {
    type: ["Gifts", "ギフト"],
    vendor: ["Tsuzuri", "つづり"],
    shape: "box",
    collections: ["gifts"],
    describe: ([en, ja]) => [`${en}, wrapped and ready to give.`, `${ja}。包装してお届けします。`],
  },
  rows([
    ["Tea Lover Gift Box", "お茶のギフトボックス", 58, "box", "green"],
    ["Coffee Lover Gift Box", "コーヒーのギフトボックス", 62, "box", "brown"],
    ["Matcha Starter Set", "抹茶はじめてセット", 84, "box", "teal"],
    ["Breakfast Hamper", "朝食のギフトセット", 72, "box", "yellow"],
    ["New Home Gift Set", "新居祝いセット", 96, "box", "blue"],
    ["Sweets Assortment", "焼き菓子の詰め合わせ", 34, "box", "pink"],
    ["Gift Wrap Washi", "和紙のラッピング", 5, "paper", "red"],
    ["Greeting Card Crane", "グリーティングカード 鶴", 4, "card", "pink"],
    ["Greeting Card Plum", "グリーティングカード 梅", 4, "card", "red"],
    ["The Book of Tea", "茶の本", 15, "book", "green"],
    ["Coffee at Home", "うちのコーヒー", 22, "book", "brown"],
    ["Japanese Home Cooking", "日々の和食", 28, "book", "red"],
    ["Sharpening by Hand", "庖丁を研ぐ", 19, "book", "grey"],
    ["The Lunch Box Book", "お弁当の本", 18, "book", "yellow"],
    ["Hinoki Candle", "ひのきのキャンドル", 24, "candle", "green"],
    ["Sandalwood Incense", "白檀のお香", 17, "candle", "brown"],
    ["Incense Holder", "香立て", 14, "plate", "grey"],
  ]),
);

const seasonal = itemsOf(
  {
    type: ["Seasonal", "季節のもの"],
    vendor: ["Tsuzuri", "つづり"],
    shape: "box",
    collections: ["seasonal", "gifts"],
    describe: ([en, ja]) => [`${en}: here for a few weeks a year.`, `${ja}。一年のうち数週間だけのお届けです。`],
  },
  [
    ...rows([
      ["Advent Tea Calendar", "お茶のアドベントカレンダー", 42, "frame", "red"],
      ["Christmas Spice Tea", "クリスマスティー", 13, "tin", "red"],
      ["Gingerbread House Kit", "ジンジャーブレッドハウス", 26, "box", "brown"],
      ["Wool Felt Ornament", "羊毛フェルトのオーナメント", 12, "heart", "red"],
    ]).map((item) => ({ ...item, season: [11, 12] })),
    ...rows([
      ["New Year Lacquer Box", "お重", 118, "bento", "red"],
      ["Shimekazari Wreath", "しめ飾り", 28, "garland", "green"],
      ["New Year Tea Obukucha", "大福茶", 12, "tin", "yellow"],
    ]).map((item) => ({ ...item, season: [12, 1] })),
    ...rows([
      ["Sakura Tea", "桜茶", 11, "tin", "pink"],
      ["Sakura Mochi Mix", "桜餅の素", 9, "bag", "pink"],
      ["First Harvest Shincha", "新茶", 18, "tin", "green"],
    ]).map((item) => ({ ...item, season: [3, 4, 5] })),
    ...rows([
      ["Wind Chime", "風鈴", 23, "lantern", "blue"],
      ["Shaved Ice Syrup", "かき氷シロップ", 9, "bottle", "red"],
      ["Cold Brew Sencha Bags", "水出し煎茶", 10, "bag", "teal"],
      ["Somen Noodles", "そうめん", 8, "box", "cream"],
    ]).map((item) => ({ ...item, season: [6, 7, 8] })),
    ...rows([
      ["Chestnut Yokan", "栗羊羹", 17, "box", "brown"],
      ["Moon Viewing Dango Mix", "月見団子の素", 8, "bag", "yellow"],
      ["Sweet Potato Kanten", "芋ようかん", 12, "box", "yellow"],
    ]).map((item) => ({ ...item, season: [9, 10] })),
  ],
);

const giftCard = itemsOf(
  {
    type: ["Gift cards", "ギフトカード"],
    vendor: ["Tsuzuri", "つづり"],
    shape: "card",
    collections: ["gifts"],
    costShare: null,
    isGiftCard: true,
    describe: () => ["Sent by e-mail, never expires.", "メールでお届けします。有効期限はありません。"],
  },
  [
    {
      key: "gift-card",
      title: ["Gift Card", "ギフトカード"],
      price: [25, 3000],
      colour: "red",
      axis: {
        name: ["Amount", "金額"],
        values: [
          { label: ["25", "3,000"], factor: 1 },
          { label: ["50", "6,000"], factor: 2 },
          { label: ["100", "12,000"], factor: 4 },
        ],
      },
    },
  ],
);

export const PANTRY_AND_GIFTS: readonly CatalogueItem[] = [...sweets, ...pantry, ...gifts, ...seasonal, ...giftCard];
