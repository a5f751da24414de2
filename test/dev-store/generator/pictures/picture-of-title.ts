import type { Drawing } from "./draw-picture.ts";
import { PALETTE_NAMES } from "./palette.ts";
import type { ShapeName } from "./shapes.ts";
import { hashText } from "../../shop/random.ts";

/** Words of a title -> the shape that shows it; the first that is found counts. */
const WORDS: readonly [RegExp, ShapeName, string][] = [
  [/gift card|voucher/i, "card", "Gift cards"],
  [/teapot|tea pot/i, "teapot", "Kitchen"],
  [/kettle|jug|watering/i, "kettle", "Kitchen"],
  [/\bmugs?\b|cosy|tankard/i, "mug", "Kitchen"],
  [/\bcups?\b|beaker|tumbler|shot glass/i, "cup", "Kitchen"],
  [/bowl|basin|colander/i, "bowl", "Kitchen"],
  [/plate|saucer|dish|tray|platter|coaster|placemat/i, "plate", "Kitchen"],
  [/cake ?stand|cakestand|cake case/i, "plate", "Baking"],
  [/apron/i, "apron", "Kitchen"],
  [/lunch ?box|bento|snack box/i, "bento", "Kitchen"],
  [/baking|cutlery|spoon|fork|knife|whisk/i, "whisk", "Baking"],
  [/jam|jar|canister|biscuit tin|storage tin|\btins?\b/i, "jar", "Storage"],
  [/bottle|flask/i, "bottle", "Kitchen"],
  [/napkin|tea towel|towel|cloth|cushion|quilt|doormat|rug|blanket|warmer/i, "cloth", "Textiles"],
  [/lantern|lamp|light holder|t-?light|night ?light|holder/i, "lantern", "Candles & lights"],
  [/candle|incense|fragran/i, "candle", "Candles & lights"],
  [/heart/i, "heart", "Decorations"],
  [/clock|timer/i, "clock", "Home"],
  [/bag|shopper|tote|purse|case|satchel|backpack/i, "tote", "Bags"],
  [/frame|mirror|picture|chalkboard|blackboard|sign|block word|plaque/i, "frame", "Home"],
  [
    /doll|toy|bear|rabbit|game|puzzle|jigsaw|soldier|playhouse|spinning|ludo|babushka|bunny|dinosaur|skittles/i,
    "toy",
    "Toys & games",
  ],
  [/bunting|garland|paper chain|streamer|flag/i, "garland", "Parties"],
  [
    /card|paper|wrap|sticker|notebook|journal|stationery|tape|postcard|envelope|pad|tissue|pencil|pen\b|crayon/i,
    "paper",
    "Stationery",
  ],
  [/book/i, "book", "Stationery"],
  [/box|set of|drawer|cabinet|chest|basket/i, "box", "Storage"],
  [/vase|flower|rose|hyacinth|plant|garden|herb/i, "vase", "Garden"],
  [/christmas|xmas|easter|reindeer|star|angel|decoration|ornament|bird/i, "heart", "Decorations"],
  [/pan\b|pot\b/i, "pot", "Kitchen"],
];

const COLOURS: readonly [RegExp, string][] = [
  [/\bred\b|retro ?spot|union jack|strawberry|cherry/i, "red"],
  [/\bpink\b|rose\b|girl|flamingo|fairy/i, "pink"],
  [/\bblue\b|navy|boy|space/i, "blue"],
  [/\bgreen\b|leaf|frog|woodland|garden/i, "green"],
  [/\bwhite\b|ivory|cream|lace|vintage/i, "cream"],
  [/\bblack\b|zinc|chalk/i, "black"],
  [/\bsilver\b|grey|gray|metal|glass/i, "grey"],
  [/\byellow\b|gold|sunflower|lemon/i, "yellow"],
  [/\bpurple\b|lilac|lavender|plum/i, "purple"],
  [/\bbrown\b|wood|chocolate|natural|oak/i, "brown"],
  [/turquoise|teal|aqua|mint/i, "teal"],
];

/** What to draw for a product that has nothing but a title. */
export function pictureOfTitle(title: string): Drawing {
  const [, shape = "box", type = "More"] = WORDS.find(([words]) => words.test(title)) ?? [];
  const named = COLOURS.find(([words]) => words.test(title))?.[1];
  const colour = named ?? PALETTE_NAMES[hashText(title) % PALETTE_NAMES.length] ?? "grey";
  return { type: type as string, shape: shape as ShapeName, colour };
}
