/** What a column of an order file says. */
export type ColumnRole =
  | "order"
  | "item"
  | "sku"
  | "title"
  | "variant"
  | "category"
  | "customer"
  | "time"
  | "clock"
  | "paidAt"
  | "quantity"
  | "returned"
  | "price"
  | "total"
  | "discount"
  | "currency"
  | "status"
  | "cancelled"
  | "payment"
  | "source"
  | "ships"
  | "kind"
  | "list";

/**
 * The names that common shop systems and languages give to columns, most telling ones first: where a file has several
 * columns for one role, the first of this list is read. Names are made of a subject and an attribute ("order" and
 * "id"), so that "Order ID", "order_number" and "Bestell-Nr." need no entry each.
 */
const ORDER = `order|orders|sales order|purchase order|invoice|receipt|sale|sales|basket|cart|purchase|ticket|bon|check|bestell|bestellung|
  bestellungs|bestellungen|auftrag|auftrags|rechnung|rechnungs|beleg|kauf|commande|facture|ticket de caisse|pedido|orden|factura|compra|
  ordine|fattura|bestelling|order line order|amazon order|merchant order|external order|transaction|transaktion|transaktions|
  transaccion|ordre|bestel|bestilling|bestallning|zamowienie|zamowienia|注文|受注|オーダー|購入|取引|売上|伝票|レシート|会計|オーダ|
  订单|訂單|주문|заказ|заказа`;
const ITEM = `product|item|article|artikel|produit|producto|prodotto|articolo|articulo|produkt|produto|vare|produktu|towar|towaru|
  stock|material|goods|merchandise|商品|アイテム|製品|品目|品|購入商品|产品|產品|상품|товар|товара`;
const NUMBER = `id|ids|no|nr|num|number|#|code|nummer|numero|n|ref|reference|key|kennung|codigo|codice|kod|numer|番号|コード|ナンバー|
  品番|管理番号|编号|編號|编码|編碼|번호|코드|номер|код`;
const NAMED = `name|title|description|bezeichnung|titel|nom|libelle|designation|nombre|descripcion|titulo|nome|descricao|
  descrizione|naam|omschrijving|navn|namn|nazwa|名|名称|名稱|タイトル|表示名|标题|명|이름|название|наименование`;

const words = (list: string) => list.split("|").map((word) => word.trim());

/** Subjects with attributes, in both orders with the particles that French and Spanish put between them. */
function named(subjects: string, attributes: string): string[] {
  return words(subjects).flatMap((subject) =>
    words(attributes).flatMap((attribute) => [
      `${subject} ${attribute}`,
      `${attribute} ${subject}`,
      ...[`de`, `de la`, `del`, `du`, `d`, `di`, `dell`, `do`, `da`].map(
        (particle) => `${attribute} ${particle} ${subject}`,
      ),
    ]),
  );
}

const LINE = ["lineitem", "line item", "line", "item", "order item", "product", "商品", "購入商品", "artikel", "明細"];
/** A name with the word for an order's line before it, or alone. */
const ofLine = (list: string) => words(list).flatMap((name) => [...LINE.map((line) => `${line} ${name}`), name]);

const NAMES: Readonly<Record<ColumnRole, readonly string[]>> = {
  order: [
    ...[
      "order id",
      "order name",
      "order number",
      "order no",
      "注文番号",
      "注文id",
      "受注番号",
      "オーダー番号",
      "オーダーid",
    ],
    ...["amazon order id", "increment id", "id order", "invoiceno", "invoice", "bestellnummer", "numero de commande"],
    ...[
      "numero de pedido",
      "order reference",
      "basket id",
      "注文管理番号",
      "注文伝票番号",
      "受注伝票番号",
      "sales record number",
    ],
    ...named(ORDER.replace("|transaction|transaktion|transaktions|\n  transaccion", ""), NUMBER),
    ...named("transaction|transaktion|transaktions|transaccion", NUMBER),
    ...words(ORDER),
  ],
  item: [
    ...[
      "product id",
      "line product id",
      "lineitem product id",
      "line item product id",
      "id product",
      "item id",
      "stockcode",
      "stock code",
      "asin",
      "商品id",
      "商品番号",
      "商品コード",
      "商品管理番号",
    ],
    ...["variant product id", "listing id", "独自商品コード", "product sku", "item sku"],
    ...named(ITEM, NUMBER),
  ],
  sku: [
    ...ofLine("sku|sku code|sku id|sku number|stock keeping unit"),
    ...words(`seller sku|custom label|custom label sku|sku管理番号|
    システム連携用sku番号|品番|型番|購入商品 型番|артикул|jan|janコード|ean|gtin|upc|barcode|バーコード|part number`),
  ],
  title: [
    ...[
      "lineitem name",
      "line item name",
      "line item title",
      "lineitem title",
      "line title",
      "line name",
      "product name",
      "item name",
    ],
    ...[
      "商品名",
      "購入商品 商品名",
      "アイテム名",
      "itemdescription",
      "item description",
      "product title",
      "name of product",
    ],
    ...named(ITEM, NAMED),
    ...words(
      `item|product|article|artikel|produit|producto|articulo|articolo|prodotto|produkt|商品|title|titel|description|bezeichnung|designation|libelle|name|タイトル|品名|メニュー`,
    ),
  ],
  variant: [
    ...ofLine(
      "variant|variation|variations|variant title|variant name|variation details|options|option|price point name",
    ),
    ...words(
      `size|color|バリエーション|バリエーション名|種類|種類名|規格|規格名|オプション|項目 選択肢|variante|variacion|ausfuhrung`,
    ),
  ],
  category: [
    ...words(`category|product category|item category|categories|product type|department|カテゴリ|カテゴリー|商品カテゴリ|部門|kategorie|
    warengruppe|categorie|categoria`),
    ...ofLine("category|type"),
  ],
  customer: [
    ...named(
      "customer|client|buyer|user|member|household|shopper|account|kunde|kunden|cliente|acheteur|顧客|会員|購入者|お客様|ユーザー",
      NUMBER,
    ),
    ...words("customer|member|household key|customerid|kundennummer|お客様番号"),
  ],
  time: [
    ...words(`created at|order date|order created|date created|created|timestamp|order datetime|order time|orderdate|invoice date|
    invoicedate|purchase date|sale date|date add|date of order|order placed|placed at|ordered at|order created at|order placed at|
    transaction date|date time|datetime|order purchase timestamp|processed at|completed at|注文日時|注文日|受注日時|受注日|購入日時|購入日|
    オーダー日時|オーダー日|売上日時|売上日|取引日時|取引日|会計日時|注文確定日時|注文確定日|bestelldatum|auftragsdatum|rechnungsdatum|
    belegdatum|datum|date de commande|date commande|date de la commande|fecha de pedido|fecha del pedido|fecha pedido|fecha de compra|
    fecha|data ordine|data dell ordine|data do pedido|data da compra|data|besteldatum|orderdatum|ordredato|dato|
    data zamowienia|下单时间|下單時間|订单日期|订单时间|주문일시|주문일|주문일자|주문날짜|дата заказа|дата|date|日時|日付|day|time|event time`),
  ],
  clock: words("time|order time|注文時刻|注文時間|時刻|時間|uhrzeit|zeit|heure|hora|bestellzeit"),
  paidAt: words("paid at|payments date|payment date|date paid|paid on|入金日|決済日時|支払日時"),
  quantity: [
    ...ofLine(
      `quantity|qty|qty ordered|count|units|amount ordered|pieces|数量|個数|点数|購入数|注文数|販売数|販売個数`,
    ),
    ...words(`quantity purchased|quantity ordered|ordered quantity|order quantity|quantity sold|items count|購入数量|注文数量|販売個数|
    menge|anzahl|stuckzahl|quantite|qte|cantidad|cant|quantita|aantal|
    antal|antall|quantidade|quantidade comprada|cantidad del producto|ilosc|數量|수량|количество|кол во`),
  ],
  returned:
    ofLine(`quantity refunded|refunded quantity|quantity returned|returned quantity|qty refunded|qty returned|refunded qty|
    returned qty|units refunded|units returned|返品数|返品数量|返金数量|retourmenge|retournierte menge|quantite remboursee|quantite retournee|
    cantidad reembolsada|cantidad devuelta`),
  price: [
    ...[
      "unit price",
      "lineitem price",
      "line item price",
      "line price",
      "unitprice",
      "item price",
      "price per unit",
      "price each",
    ],
    ...[
      "単価",
      "販売単価",
      "商品単価",
      "税込単価",
      "product price",
      "item cost",
      "販売価格",
      "購入商品 販売価格",
      "商品価格",
      "価格",
      "sold for",
    ],
    ...["product unit price", "unit price tax incl", "unit price tax excl", "base price", "stuckpreis", "einzelpreis"],
    ...[
      "prix unitaire",
      "precio unitario",
      "prezzo unitario",
      "preco unitario",
      "valor do produto",
      "precio del producto",
      "prijs per stuk",
      "price",
      "preis",
      "prix",
      "precio",
      "prezzo",
      "preco",
      "prijs",
      "pris",
      "cena",
      "单价",
      "單價",
      "단가",
      "판매가",
      "цена",
      "unit cost",
      "item unit price",
    ],
  ],
  total:
    words(`line total|item total|row total|line item total|product total|line amount|line subtotal|item subtotal|gross sales|sales value|
    net sales|total price|total sales|小計|商品小計|金額|総売上高|gesamtpreis|zeilensumme|total ligne|total linea|importe|extended price|
    product subtotal|item revenue|line value`),
  discount: [
    ...ofLine("discount|discount amount|discounts|promotion discount|値引き|値引|割引額|値引額|rabatt"),
    ...words("item promotion discount|discount amount|商品値引き|クーポン値引き|remise|descuento"),
  ],
  currency: [
    ...ofLine("currency"),
    ...words(
      "currency code|order currency|order currency code|shop currency|通貨|通貨コード|wahrung|devise|moneda|valuta",
    ),
  ],
  status:
    words(`financial status|order status|payment status|status|order state|state|item status|current state|order status name|注文ステータス|
    受注ステータス|ステータス|注文状態|注文状況|受注状態|対応状況|状態|bestellstatus|auftragsstatus|statut|statut de la commande|etat|
    estado|estado del pedido|stato|event type|対応状況 名称`),
  cancelled:
    words(`cancelled at|canceled at|cancelled|canceled|is cancelled|is canceled|cancelled date|canceled date|cancellation date|
    cancel date|date cancelled|キャンセル日時|キャンセル日|キャンセル|キャンセルフラグ|storniert|storniert am|annule|annulee|cancelado|anulado`),
  payment: words(
    "payment method|payment gateway|gateway|支払方法|支払い方法|決済方法|zahlungsart|zahlungsmethode|mode de paiement|metodo de pago",
  ),
  source: words("source|source name|channel|sales channel|order source|販売チャネル"),
  ships: [...ofLine("requires shipping"), "requires shipping"],
  kind: [
    ...words(
      "line type|lineitem type|line item type|itemization type|明細区分|明細区分 名称|item type|row type|明細種別|受注明細区分",
    ),
  ],
  list: words(`product details|items|products|product s|item s|skus|basket items|purchased items|articles|商品一覧|購入商品|注文商品|line items|artikel liste|productos|
    produits|articulos|basket contents|transactions|item list|product list|item 1`),
};

/** By role, once it was asked for: most programs that load this file read no order file. */
const RANKS = new Map<ColumnRole, ReadonlyMap<string, number>>();

function ranksOf(role: ColumnRole): ReadonlyMap<string, number> {
  const known = RANKS.get(role);
  if (known !== undefined) return known;
  const ranks = new Map<string, number>();
  // Without spaces, so that "OrderID", "order_id" and "Order Id" are one name.
  for (const name of NAMES[role]) {
    const key = columnKey(name);
    if (!ranks.has(key)) ranks.set(key, ranks.size);
  }
  RANKS.set(role, ranks);
  return ranks;
}

/** How a name is compared: full width folded, lower case, without accents, signs, spaces and what stands in brackets. */
export function columnKey(name: string): string {
  return name
    .replace(/[°º]/g, "")
    .normalize("NFKC")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]+/gu, "");
}

/** How well a name stands for a role: 0 is best; null where it does not. */
export function rankOf(name: string, role: ColumnRole): number | null {
  const ranks = ranksOf(role);
  const whole = ranks.get(columnKey(name));
  if (whole !== undefined) return whole;
  // "単価（税込）", "Quantity (- Refund)"
  const bracketless = ranks.get(columnKey(name.replace(/[(（[【].{2,}?[)）\]】]/g, " ")));
  return bracketless === undefined ? null : bracketless + 1000;
}
