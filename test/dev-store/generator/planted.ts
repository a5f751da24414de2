/** What truly goes together in the built-in shops, by item key. Tests check that mining finds it. */

/** An anchor and what is bought with it; `chance` is the share of the anchor's set orders that hold the companion. */
export interface PlantedSet {
  anchor: string;
  companions: readonly { key: string; chance: number }[];
  /** How often this set is chosen, beside the others. */
  weight: number;
}

const set = (anchor: string, weight: number, companions: Record<string, number>): PlantedSet => ({
  anchor,
  weight,
  companions: Object.entries(companions).map(([key, chance]) => ({ key, chance })),
});

const WARES = ["tokoname", "hagi", "hasami", "mino", "arita", "shigaraki", "bizen", "kutani"];
const PATTERNS = ["asanoha", "seigaiha", "shippo", "yagasuri", "ichimatsu", "sakura"];

export const PLANTED_SETS: readonly PlantedSet[] = [
  set("ceremonial-matcha-uji", 5, { "bamboo-tea-whisk": 0.55, "matcha-sifter": 0.3, "matcha-cookies": 0.2 }),
  set("everyday-matcha", 6, { "bamboo-tea-whisk": 0.4, "whisk-holder": 0.2, "wasanbon-sweets": 0.2 }),
  set("bamboo-tea-whisk", 5, { "whisk-holder": 0.5, "bamboo-tea-scoop": 0.45, "hagi-matcha-bowl": 0.25 }),
  set("hagi-matcha-bowl", 2, { "bamboo-tea-whisk": 0.5, "linen-tea-cloth": 0.4 }),
  set("culinary-matcha", 3, { "matcha-sifter": 0.35, "black-sesame-financiers": 0.2 }),
  set("plastic-coffee-dripper", 5, { "paper-coffee-filters-100": 0.7, "coffee-server": 0.35, "house-blend": 0.3 }),
  set("ceramic-coffee-dripper", 5, { "paper-coffee-filters-100": 0.6, "coffee-server": 0.4, "gooseneck-kettle": 0.2 }),
  set("copper-coffee-dripper", 2, { "unbleached-coffee-filters-100": 0.6, "coffee-scale": 0.3 }),
  set("hand-grinder", 4, { "grinder-cleaning-tablets": 0.35, "coffee-scale": 0.3, "ethiopia-yirgacheffe": 0.3 }),
  set("electric-grinder", 2, { "grinder-cleaning-tablets": 0.5, "coffee-canister": 0.3 }),
  set("french-press", 3, { "brazil-cerrado": 0.4, "coffee-measuring-spoon": 0.3 }),
  set("espresso-blend", 4, { "milk-frother": 0.3, "dark-chocolate-70": 0.25 }),
  set("cold-brew-pot", 3, { "colombia-huila": 0.4, "double-wall-glass-cup": 0.3 }),
  set("english-breakfast", 5, { "butter-shortbread": 0.45, "strawberry-jam": 0.3, "bitter-orange-marmalade": 0.2 }),
  set("earl-grey", 5, { "lemon-curd": 0.3, "earl-grey-madeleines": 0.4 }),
  set("assam-breakfast", 3, { "milk-jam": 0.35, "ginger-biscuits": 0.35 }),
  set("masala-chai", 3, { "ginger-biscuits": 0.4, "brown-sugar-syrup": 0.35 }),
  set("darjeeling-first-flush", 3, { "glass-teapot-with-basket": 0.3, "yuzu-pound-cake": 0.3 }),
  set("chamomile-flowers", 3, { "acacia-honey": 0.45, "lavender-evening-blend": 0.3 }),
  set("ginger-lemon", 2, { "acacia-honey": 0.4, "chestnut-honey": 0.2 }),
  set("roasted-barley-tea", 3, { "water-carafe": 0.35, "paper-tea-filters": 0.35 }),
  set("uji-hojicha", 4, { "hojicha-cookies": 0.45, "sweet-bean-yokan": 0.3 }),
  set("shizuoka-sencha", 5, { "rice-crackers-soy": 0.35, "deep-infuser-basket": 0.2, "tin-tea-canister": 0.2 }),
  set("uji-gyokuro", 3, { "tokoname-side-handle-teapot": 0.3, "sweet-bean-yokan": 0.35 }),
  set("sayama-genmaicha", 3, { "rice-crackers-seaweed": 0.4, "paper-tea-filters": 0.25 }),
  set("cherry-bark-canister", 2, { "uji-sencha": 0.4, "tea-measuring-spoon": 0.4 }),
  ...WARES.map((ware) =>
    set(`${ware}-side-handle-teapot`, 2, {
      [`${ware}-tea-cup`]: 0.65,
      "stainless-tea-strainer": 0.15,
      "wooden-tea-tray": 0.2,
    }),
  ),
  ...WARES.slice(0, 5).map((ware) => set(`${ware}-teapot`, 1.5, { [`${ware}-mug`]: 0.5, "quilted-tea-cosy": 0.25 })),
  ...WARES.slice(2, 7).map((ware) =>
    set(`${ware}-rice-bowl`, 2, { [`${ware}-soup-bowl`]: 0.5, [`${ware}-small-plate`]: 0.4 }),
  ),
  ...WARES.slice(4, 8).map((ware) => set(`${ware}-sake-cup`, 1, { [`${ware}-small-plate`]: 0.4 })),
  set("ironwood-chopsticks", 3, { "chopstick-rest-leaf": 0.5, "cherry-chopsticks": 0.3 }),
  set("wakasa-lacquer-chopsticks", 2, { "chopstick-rest-plum": 0.55, "lacquer-soup-bowl": 0.3 }),
  set("cedar-lunch-box", 3, { "lunch-bag": 0.4, "travel-chopstick-case": 0.4, "the-lunch-box-book": 0.2 }),
  set("two-tier-lunch-box", 4, { "lunch-bag-insulated": 0.4, "lunch-box-band": 0.45, "silicone-food-cups": 0.35 }),
  set("children-s-lunch-box", 3, { "children-s-chopsticks": 0.5, "silicone-food-cups": 0.5 }),
  set("soup-jar", 2, { "lunch-bag-insulated": 0.4, "lunch-cutlery-set": 0.3 }),
  set("seki-stainless-santoku", 4, { "whetstone-1000": 0.45, "hinoki-cutting-board": 0.3 }),
  set("seki-stainless-petty-knife", 4, { "hinoki-cutting-board": 0.35, "whetstone-1000": 0.25 }),
  set("sakai-blue-steel-gyuto", 2, { "whetstone-3000": 0.45, "camellia-blade-oil": 0.5, "magnolia-knife-guard": 0.35 }),
  set("sakai-blue-steel-santoku", 2, { "camellia-blade-oil": 0.5, "whetstone-3000": 0.4 }),
  set("damascus-gyuto", 1.5, { "whetstone-6000": 0.45, "walnut-cutting-board": 0.4 }),
  set("whetstone-1000", 3, { "whetstone-holder": 0.4, "sharpening-by-hand": 0.35 }),
  set("iron-frying-pan", 4, { "pan-cleaning-brush": 0.45, "olive-wood-spatula": 0.35, "tawashi-brush": 0.25 }),
  set("tamagoyaki-pan", 3, { "cooking-chopsticks": 0.5, "dashi-packs": 0.3 }),
  set("donabe-clay-pot", 3, { "rishiri-kombu": 0.4, "fine-mesh-skimmer": 0.3 }),
  set("rice-cooking-donabe", 2, { "koshihikari-rice-2-kg": 0.5, "wooden-rice-paddle": 0.5, "cypress-rice-tub": 0.2 }),
  set("bamboo-steamer", 3, { "steamer-ring": 0.45, "parchment-steamer-liners": 0.6 }),
  set("suribachi-mortar", 2, { "surikogi-pestle": 0.7, "roasted-sesame": 0.4 }),
  set("barrel-aged-soy-sauce", 3, { "rice-vinegar": 0.35, "mirin-aged-three-years": 0.35 }),
  set("dashi-packs", 4, { "white-miso": 0.4, "bonito-flakes": 0.3 }),
  set("soba-noodles", 3, { "shichimi-spice": 0.45, "bonito-flakes": 0.25 }),
  set("pickled-plums", 2, { "koshihikari-rice-2-kg": 0.4, "roasted-sesame": 0.3 }),
  ...PATTERNS.map((pattern) =>
    set(`${pattern}-apron`, 1.5, { [`${pattern}-tea-towel`]: 0.55, [`${pattern}-furoshiki`]: 0.2 }),
  ),
  set("sandalwood-incense", 2, { "incense-holder": 0.6, "hinoki-candle": 0.25 }),
  set("coffee-lover-gift-box", 1.5, { "gift-wrap-washi": 0.5, "greeting-card-crane": 0.4 }),
  set("tea-lover-gift-box", 1.5, { "gift-wrap-washi": 0.5, "greeting-card-plum": 0.4 }),
  set("advent-tea-calendar", 4, { "christmas-spice-tea": 0.5, "wool-felt-ornament": 0.35 }),
  set("new-year-lacquer-box", 3, { "new-year-tea-obukucha": 0.45, "shimekazari-wreath": 0.4 }),
  set("cold-brew-sencha-bags", 4, { "cold-brew-tea-bottle": 0.5 }),
  set("sakura-tea", 3, { "sakura-mochi-mix": 0.5 }),
];

/** What customers move up to some months after the first: same use, better and dearer. */
export const UPGRADES: readonly (readonly [from: string, to: string])[] = [
  ["plastic-coffee-dripper", "ceramic-coffee-dripper"],
  ["ceramic-coffee-dripper", "copper-coffee-dripper"],
  ["hand-grinder", "electric-grinder"],
  ["everyday-matcha", "ceremonial-matcha-uji"],
  ["culinary-matcha", "everyday-matcha"],
  ["seki-stainless-santoku", "sakai-blue-steel-santoku"],
  ["sakai-blue-steel-gyuto", "damascus-gyuto"],
  ["seki-stainless-petty-knife", "sakai-blue-steel-petty-knife"],
  ["enamel-kettle", "gooseneck-kettle"],
  ["hinoki-cutting-board", "walnut-cutting-board"],
  ["two-tier-lunch-box", "cedar-lunch-box"],
  ["tin-tea-canister", "cherry-bark-canister"],
  ["whetstone-1000", "whetstone-3000"],
];
