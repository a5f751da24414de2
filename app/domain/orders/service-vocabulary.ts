/**
 * What is sold beside the goods: postage, fees, tips, adjustments, samples, gift cards. Recognised by a title that is
 * nothing but words for such a thing, in the languages of the app's markets, and by whether the line is sent. A title
 * that only ends in such words ("Oak Desk - Free UK Delivery", 調味料) names goods.
 */

/** Words that say which delivery, fee or protection it is, and nothing else. */
const WHICH = `uk|eu|us|usa|gb|de|international|worldwide|domestic|local|home|free|standard|express|economy|priority|next|same|day|days|overnight|
  courier|tracked|signed|recorded|special|royal|mail|first|second|1st|2nd|class|saturday|sunday|evening|weekend|extra|additional|return|returns|dhl|
  ups|fedex|usps|dpd|hermes|evri|post|parcel|package|order|route|flat|rate|guaranteed|premium|remote|area|oversize|split|rush|fast|cash|on|delivery|
  shipping|dotcom|and|the|plus|insured|accident|damage|loss|theft|extended|lifetime|limited|product|device|full|basic|year|years|yr|month|months|
  bank|service|handling|admin|administration|booking|processing|amazon|ebay|etsy|paypal|stripe|marketplace|listing|card|credit|payment|cod|
  transaction|gift|wrap|wrapping|installation|assembly|restocking|customs|import|late|cancellation|set|up|setup|design|small|recycling|eco|environmental|
  postage|packaging|fuel|holiday|peak|bottle|express|postal|mailing|white|glove|kerbside|curbside`;
const word = (list: string) =>
  `(?:${list
    .split("|")
    .map((each) => each.trim())
    .join("|")})`;
const QUALIFIERS = `(?:(?:${word(WHICH)}|\\d+) )*`;

/** Tips, of which nobody sells goods by that name. */
const TIPS = "gratuity|trinkgeld|pourboire|propina";
const TIPS_JA = "心付け";
/** A tip, and wood or potato chips. */
const CHIPS_JA = "チップ";

/** Nobody sells goods by these names, whether or not somebody ticked "needs shipping". */
const CLEAR = new RegExp(
  `^(?:${[
    `${QUALIFIERS}(?:postage|shipping|delivery|freight|handling)(?: (?:fees?|charges?|costs?|service|upgrade|rate|option|surcharge|protection|insurance))*`,
    `${QUALIFIERS}(?:fees?|charges?|surcharge|costs)`,
    `${QUALIFIERS}(?:protection|protection plan|warranty|warranty plan|insurance plan|care plan)(?: plan)?(?: \\d+ (?:years?|months?))?`,
    // "DOTCOM POSTAGE", "CRUK Commission": one name before a word that is never a product.
    `\\S+ (?:postage|gratuity|surcharge)`,
    `p and p|p p|${TIPS}|surcharge|bad debt|write off|credit note`,
    `versand|versandkosten|lieferkosten|geschenkverpackung|nachnahmegebuhr|frais de (?:port|livraison|transport)|livraison|emballage cadeau|gastos de envio|envio|envoltorio(?: de)? regalo|spese di spedizione|spedizione|verzendkosten`,
  ].join("|")})$`,
);
/** A service as a whole title. "Gift Wrap - Botanical", which is sent, is paper. */
const GIFT_WRAP = /^(?:premium |deluxe |luxury )?gift ?(?:wrap|wrapping)(?: (?:service|option|fee|charge))?$/;
/**
 * Words that name goods as well (a doll's carriage, packing paper): services only where the line is known not to be
 * sent.
 */
const IF_NOT_SENT = new RegExp(`^${QUALIFIERS}(?:packing |carriage )?(?:packing|carriage|fees?|charges?|costs?)$`);
/** Services, unless the line is known to be sent: then they are goods of that name. */
const AMBIGUOUS = new Set(
  `carriage|insurance|deposit|manual|manual entry|custom sale|custom amount|tip|tips|discount|discounts|voucher|fee|fees|charge|charges|
  donation|donations|sample|samples|tester|test|test product|test item|test order|adjustment|adjustments|correction|rounding|refund|credit|
  damage|damages|damaged|check|found|lost|warranty|service|services|labor|labour|repair|engraving|installation|assembly|protection|
  adjust bad debt|manual adjustment|price adjustment|stock adjustment|rabatt|remise|descuento|anzahlung|muster|echantillon|muestra`
    .split("|")
    .map((each) => each.trim()),
);
const ADJUSTMENT = /^(?:\S+ ){0,2}adjust(?:ment)?s?(?: (?:by|for|of|bad|stock|price)\b.*)?$/;
/** Services, unless the line is known to be sent: German postage or a sofa of that name, a fee or a painted portrait. */
const AMBIGUOUS_NAMES = new RegExp(`^(?:porto|(?:\\S+ )?commission|${CHIPS_JA})$`);
/** A service with what it is for: "Installation for desk", "Delivery to Manchester". */
const SERVICE_FOR =
  /^(?:delivery|shipping|postage|installation|assembly|gift wrapping|donation|(?:extended )?warranty|(?:shipping|package) protection)(?: service| fee| charge)? (?:for|to|by) /;

const PREFIX_JA = `(?:追加|別途|全国一律|一律|北海道|沖縄|離島|国内|海外|配送|代引き?|代金引換|決済|振込|後払い|コンビニ|クール便?|冷凍|冷蔵|銀行|返品|キャンセル|事務|梱包|取付|設置|ギフト|時間指定|お急ぎ便|速達|通常|宅配便?|メール便|ゆうパック|ヤマト|佐川)*`;
const CLEAR_JA = new RegExp(
  `^${PREFIX_JA}(?:送料|配送料|配達料|手数料|運賃|${TIPS_JA}|値引き?|割引|調整金?|差額|返金|サービス料|ラッピング(?:料|代|サービス)?|熨斗|のし|のし代|工賃|修理代?|(?:取付|設置)(?:工事)?(?:費|代|料|サービス)?|延長保証(?:\\d+年)?|保険料|寄付金?|募金|梱包料|包装料|クール便?(?:代|料)?)$`,
);
const AMBIGUOUS_JA = /^(サンプル|試供品|見本|テスト商品?|返品|保証|保険|設置|取付|修理)$/;

const GIFT_CARD =
  /^(?:(?:digital|virtual|online|electronic|store|shop|e) )*e?(?:gift ?card|gift voucher|gift certificate|gift token)$/;
const GIFT_CARDS = /^(?:(?:digital|virtual|online|e) )*e?gift ?(?:cards|vouchers|certificates|tokens)$/;
const BRANDED_GIFT_CARD = /^(?:\S+ ){1,4}e?(?:gift ?card|gift voucher|gift certificate|gift token)$/;
/** Cards to write on, not to pay with. */
const GREETING =
  /\b(thank|thanks|you|blank|birthday|christmas|xmas|greeting|greetings|wedding|set|handmade|letterpress|mini|for|with|and)\b/;
const GIFT_CARD_ABROAD =
  /^(geschenkkarte|geschenkgutschein|gutschein|carte cadeau|bon cadeau|cheque cadeau|tarjeta(?: de)? regalo|carta regalo|cadeaubon)$/;
const GIFT_CARD_JA =
  /^(?:デジタル|オンライン|電子|e ?)*(?:ギフトカード|ギフト券|ギフトコード|商品券|電子ギフト|eギフト)$/;
const BRANDED_GIFT_CARD_JA = /(?:ギフトカード|ギフト券|デジタルギフト券|商品券|電子ギフト)$/;

const SERVICE_CODE =
  /^(post|postage|carriage|shipping|ship|delivery|freight|manual|tips?|fees?|bank charges|gift ?card|gift ?voucher|samples?|adjust(ment)?|discount|donation|surcharge|送料|手数料)$/;

/** What the words of a line say that it is; null for goods. */
export type NotGoods = "service" | "gift-card";

/**
 * Tells services and gift cards by a title that is one as a whole, or by its first part ("Extended warranty - 3
 * years"). Only a line without a title is judged by its code (stock-keeping unit or item id), because an item's id may
 * be any word. `shipped`: whether the line needs to be sent; undefined where the source does not say.
 */
export function notGoods(title: string, code: string, shipped?: boolean): NotGoods | null {
  const words = normalised(title);
  if (words === "") return SERVICE_CODE.test(normalised(code)) ? "service" : null;
  if (isGiftCard(words, shipped)) return "gift-card";
  if (isService(words, shipped)) return "service";
  const first = normalised(title.split(/\s[-–—|:]\s|[:|：]\s*/)[0]!);
  if (first === words || first === "") return null;
  if (isGiftCard(first, shipped)) return "gift-card";
  const isFirstClear = CLEAR.test(first) || CLEAR_JA.test(first) || (shipped !== true && GIFT_WRAP.test(first));
  return isFirstClear || (shipped === false && isService(first, shipped)) ? "service" : null;
}

function isService(words: string, shipped: boolean | undefined): boolean {
  if (CLEAR.test(words) || CLEAR_JA.test(words) || GIFT_WRAP.test(words)) return true;
  if (shipped === true) return false;
  if (shipped === false && IF_NOT_SENT.test(words)) return true;
  const isNamed = AMBIGUOUS.has(words) || AMBIGUOUS_JA.test(words) || AMBIGUOUS_NAMES.test(words);
  return isNamed || ADJUSTMENT.test(words) || SERVICE_FOR.test(words);
}

function isGiftCard(words: string, shipped: boolean | undefined): boolean {
  if (GIFT_CARD.test(words) || GIFT_CARD_ABROAD.test(words) || GIFT_CARD_JA.test(words)) return true;
  if (shipped === true) return false;
  if (GIFT_CARDS.test(words) || BRANDED_GIFT_CARD_JA.test(words)) return true;
  return BRANDED_GIFT_CARD.test(words) && (shipped === false || !GREETING.test(words));
}

/** Whether a title is nothing but the name of a tip. Goods can be called "Tip" as well: see whether the line is a product. */
export function isTipTitle(title: string): boolean {
  return TIP.test(normalised(title));
}
const TIP = new RegExp(`^(?:tips?|${TIPS}|${TIPS_JA}|${CHIPS_JA})$`);

/** {@link notGoods} for the many lines of a file, whose titles and codes repeat: each is judged once. */
export function rememberedNotGoods(): typeof notGoods {
  const memories = new Map(
    [undefined, true, false].map((shipped) => [shipped, new Map<string, NotGoods | null>()] as const),
  );
  const codes = new Map<string, NotGoods | null>();
  return (title, code, shipped) => {
    const judgements = title === "" ? codes : memories.get(shipped)!;
    const words = title === "" ? code : title;
    const known = judgements.get(words);
    if (known !== undefined) return known;
    const judged = notGoods(title, code, shipped);
    // A title of punctuation alone says nothing, and leaves the judgement to the code.
    const decides = title === "" || /[\p{L}\p{N}]/u.test(title);
    if (decides && judgements.size < MOST_WORDS) judgements.set(words, judged);
    return judged;
  };
}

/** Titles and codes remembered; far more than a shop has products. */
const MOST_WORDS = 1 << 18;

/**
 * Lower case, full-width folded, accents and brackets dropped, an amount at the end too, punctuation as single spaces.
 */
function normalised(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replace(/&/g, " and ")
    .replace(/[([【].*?[)\]】]/g, " ")
    .replace(/[\s-]*[£$€¥￥]?\s*\d[\d.,]*\s*(円|gbp|usd|eur|jpy|[£$€¥])?\s*$/u, "")
    .replace(/[^\p{L}\p{N}ー]+/gu, " ")
    .trim();
}
