/** What an order's state says of its lines. */
export type OrderState = "sold" | "cancelled" | "refunded" | "test";

const PARTLY = /part|teil|parcial|一部|部分/i;
const REFUNDED =
  /refund|erstattet|rembours|reembols|rimborsat|返金|返品|returned|retourn|zuruckgeg|devuelt|charge ?back|charged back/i;
const CANCELLED =
  /cancel|void|storni|annul|cancelad|anulad|キャンセル|取消|取り消し|無効|declin|fail|reject|expired|abandon|incomplete|draft|trash|error|fehlgeschlagen|echoue|fallid|rechazad|unpaid order/i;
const TEST = /^(test|テスト)/i;
const NOT = /^(not|no|non|un|nicht|sin)[ _-]?|なし|未/i;

/**
 * The state that a status column's text stands for, in English, Japanese, German, French and Spanish. A part that was
 * refunded leaves an order sold, as do all words that are not known.
 */
export function stateOf(status: string): OrderState {
  const text = status
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .trim();
  if (text === "" || PARTLY.test(text)) return "sold";
  if (TEST.test(text)) return "test";
  if (CANCELLED.test(text) && !NOT.test(text)) return "cancelled";
  return REFUNDED.test(text) && !NOT.test(text) ? "refunded" : "sold";
}

const UNTRUE =
  /^(|0|-|no|n|false|none|null|nan|nein|non|なし|無|無し|いいえ|未キャンセル|not? cancell?ed|0000-00-00.*)$/i;

/** Whether a column about cancellation (a date, a flag) says that the order was cancelled. */
export function isCancelledBy(text: string): boolean {
  return !UNTRUE.test(text.trim());
}

const GOODS_KIND =
  /^(|line ?item|product|item|article|artikel|simple|configurable|bundle|grouped|virtual|downloadable|physical good|digital good|商品|good|goods|sale|1)$/i;

/** Whether a column about a line's kind says that it is no product: a shipping line, a fee, a discount, a tax. */
export function isServiceKind(text: string): boolean {
  const kind = text.trim();
  return (
    !GOODS_KIND.test(kind) &&
    /ship|fee|tax|discount|refund|transaction|tip|fulfil|gift ?card|送料|手数料|割引|値引|税|ポイント|versand|rabatt|custom amount/i.test(
      kind,
    )
  );
}
