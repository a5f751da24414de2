/**
 * What is sold beside the goods: postage, fees, tips, adjustments, samples, gift cards. Told by the words that
 * shops everywhere use, in English and Japanese, never by the item codes of one shop.
 *
 * English compounds carry their meaning at the end ("dotcom postage" is postage, a "postage stamp notebook" is a
 * notebook), so a word counts only where it ends the title, or is all of it where it also names goods ("carriage").
 */
const SERVICE_TITLES = new Set(
  [
    "carriage, delivery, shipping, freight, handling, insurance, deposit, manual, manual entry, custom sale",
    "tip, tips, gratuity, discount, discounts, voucher, fee, fees, charge, charges, surcharge, commission, donation",
    "sample, samples, tester, test, test product, test item, adjustment, adjustments, correction, rounding",
    "refund, credit, credit note, bad debt, write off, damage, damages, damaged, check, found, lost",
    "p and p, p p, postage and packing, shipping and handling, gift wrap, gift wrapping, gift wrapping service",
    "warranty, extended warranty, service, services, labor, labour, repair, engraving, installation, assembly",
  ]
    .join(", ")
    .split(", "),
);
const SERVICE_ENDING =
  /(^| )(postage|gratuity|surcharge|commission|(bank|service|handling|delivery|shipping|admin|booking|processing|amazon|marketplace|listing|card|payment|cod|gift wrap|gift wrapping|installation|assembly|restocking|return|customs|import) (fees?|charges?|costs?)|((next|same) day|standard|express|priority|economy|international|domestic|courier|tracked|signed|uk|eu|local|home|free) (delivery|shipping|freight)|(shipping|package|order|delivery|route) (protection|insurance)|extended warranty|protection plan|warranty plan|credit note|bad debt|write off)$/;
const SERVICE_BEGINNING = /^(adjust|adjustment|manual adjustment|price adjustment|refund|bad debt) /;
const GIFT_CARD_ENDING = /(^| )(e )?(gift|giftcard) ?(card|voucher|certificate|token)s?$|(^| )e?gift(card|voucher)s?$/;
const SERVICE_JAPANESE =
  /^(送料|配送料|配達料|手数料|代引手数料|代引き手数料|代金引換手数料|決済手数料|振込手数料|チップ|心付け|値引き?|割引|調整金?|差額|返金|返品|サンプル|試供品|見本|テスト商品?|サービス料|ラッピング(料|代|サービス)?|ギフトラッピング|熨斗|のし|のし代|工賃|修理代?|取付(工事)?(費|代|料)?|設置(費|料|サービス)?|保証|延長保証|保険料?|寄付金?|募金|梱包料|包装料|クール(便|代|料))([(（].*[)）])?$|(送料|手数料|延長保証|ラッピング料|ラッピング代|クール便代)$/;
const GIFT_CARD_JAPANESE = /(ギフトカード|ギフト券|デジタルギフト券|商品券|電子ギフト)$/;
const SERVICE_CODE =
  /^(post|postage|carriage|shipping|ship|delivery|freight|manual|tips?|fees?|bank charges|gift ?card|gift ?voucher|samples?|adjust(ment)?|discount|donation|surcharge|送料|手数料)$/;

const SERVICE_WORD_UNSHIPPED =
  /(^| )(fees?|charges?|tips?|service|delivery|shipping|postage|carriage|warranty|insurance|protection|donation|installation|assembly|wrapping|engraving|deposit|consultation)( |$)|保証|料$|代$|サービス|寄付|チップ|工事/;

/** What the words of a line say that it is; null for goods. */
export type NotGoods = "service" | "gift-card";

/**
 * Tells services and gift cards by their words. The title decides; only a line without one is judged by its code
 * (stock-keeping unit or item id), because an item's id may be any word. What is known not to ship (`shipped` false) needs less: one such word anywhere,
 * since only digital goods share that mark with services.
 */
export function notGoods(title: string, code: string, shipped = true): NotGoods | null {
  const words = normalised(title);
  if (words === "") return SERVICE_CODE.test(normalised(code)) ? "service" : null;
  if (GIFT_CARD_ENDING.test(words) || GIFT_CARD_JAPANESE.test(words)) return "gift-card";
  const service =
    SERVICE_TITLES.has(words) ||
    SERVICE_ENDING.test(words) ||
    SERVICE_BEGINNING.test(words) ||
    SERVICE_JAPANESE.test(words) ||
    (!shipped && SERVICE_WORD_UNSHIPPED.test(words));
  return service ? "service" : null;
}

/** {@link notGoods} for the many lines of a file, whose titles and codes repeat: each is judged once. */
export function rememberedNotGoods(): typeof notGoods {
  const byTitle = new Map<string, NotGoods | null>();
  const byCode = new Map<string, NotGoods | null>();
  return (title, code, shipped = true) => {
    const [judgements, words] = title === "" ? [byCode, code] : [byTitle, title];
    const known = judgements.get(words);
    if (known !== undefined && shipped) return known;
    const judged = notGoods(title, code, shipped);
    // A title of punctuation alone says nothing, and leaves the judgement to the code.
    const decides = title === "" || normalised(title) !== "";
    if (decides && shipped && judgements.size < MOST_WORDS) judgements.set(words, judged);
    return judged;
  };
}

/** Titles and codes remembered; far more than a shop has products. */
const MOST_WORDS = 1 << 18;

/** Lower case, full-width folded, an amount at the end dropped, punctuation as single spaces. */
function normalised(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[\s-]*[£$€¥￥]?\s*\d[\d.,]*\s*(円|gbp|usd|eur|jpy|[£$€¥])?\s*$/u, "")
    .replace(/[^\p{L}\p{N}()（）]+/gu, " ")
    .trim();
}
