import { expect, test } from "vitest";
import { orderColumns } from "./order-columns.ts";

/** Headers as shop systems write them, with the columns that say order, item (or title) and time. */
const HEADERS: readonly [system: string, header: string, order: string, item: string, time: string][] = [
  [
    "UCI",
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
    "InvoiceNo",
    "StockCode",
    "InvoiceDate",
  ],
  [
    "WooCommerce",
    "Order Number,Order Status,Order Date,Item #,Item Name,SKU,Quantity (- Refund),Item Cost",
    "Order Number",
    "Item #",
    "Order Date",
  ],
  [
    "Magento",
    "item_id,order_id,created_at,product_id,product_type,sku,name,qty_ordered,price",
    "order_id",
    "product_id",
    "created_at",
  ],
  [
    "PrestaShop",
    "id_order,reference,date_add,product_id,product_reference,product_name,product_quantity",
    "id_order",
    "product_id",
    "date_add",
  ],
  [
    "BigCommerce",
    "Order ID,Order Status,Order Date,Product ID,Product Name,Product SKU,Product Qty",
    "Order ID",
    "Product ID",
    "Order Date",
  ],
  [
    "Amazon",
    "order-id,order-item-id,purchase-date,sku,product-name,quantity-purchased,item-price",
    "order-id",
    "sku",
    "purchase-date",
  ],
  [
    "Square",
    "Date,Time,Category,Item,Qty,Price Point Name,SKU,Gross Sales,Transaction ID,Payment ID",
    "Transaction ID",
    "SKU",
    "Date",
  ],
  [
    "Etsy",
    "Sale Date,Item Name,Buyer,Quantity,Price,Transaction ID,Listing ID,Order ID,SKU",
    "Order ID",
    "Listing ID",
    "Sale Date",
  ],
  [
    "BASE",
    "注文ID,注文日時,氏名(請求先),商品ID,商品名,バリエーション,価格,数量,合計金額",
    "注文ID",
    "商品ID",
    "注文日時",
  ],
  [
    "STORES",
    "オーダー番号,オーダー日時,ステータス,アイテム名,バリエーション,品番,販売価格,個数",
    "オーダー番号",
    "品番",
    "オーダー日時",
  ],
  ["MakeShop", "注文番号,注文日時,商品名,独自商品コード,個数,単価", "注文番号", "独自商品コード", "注文日時"],
  ["futureshop", "受注番号,受注日時,商品名,商品番号,数量,単価,規格", "受注番号", "商品番号", "受注日時"],
  [
    "EC-CUBE",
    "注文番号,会員ID,対応状況(名称),注文日,明細区分(名称),商品ID,商品名,価格,個数",
    "注文番号",
    "商品ID",
    "注文日",
  ],
  ["楽天", "注文番号,ステータス,注文日時,商品ID,商品名,商品番号,単価,個数", "注文番号", "商品ID", "注文日時"],
  ["Yahoo!", "OrderId,LineId,ItemId,SubCode,Title,UnitPrice,Quantity,OrderTime", "OrderId", "ItemId", "OrderTime"],
  [
    "German",
    "Bestellnummer,Bestelldatum,Artikelnummer,Artikelbezeichnung,Menge,Einzelpreis",
    "Bestellnummer",
    "Artikelnummer",
    "Bestelldatum",
  ],
  [
    "French",
    "N° de commande,Date de commande,Référence produit,Nom du produit,Quantité,Prix unitaire",
    "N° de commande",
    "Référence produit",
    "Date de commande",
  ],
  [
    "Spanish",
    "Nº pedido,Fecha del pedido,Código de artículo,Artículo,Cantidad,Precio unitario",
    "Nº pedido",
    "Código de artículo",
    "Fecha del pedido",
  ],
  [
    "カラーミー",
    "売上ID,受注日,購入者 名前,購入商品 商品名,購入商品 型番,購入商品 販売個数,購入商品 販売価格(消費税込)",
    "売上ID",
    "購入商品 型番",
    "受注日",
  ],
  [
    "Tiendanube",
    "Número de orden,Email,Fecha,Moneda,Nombre del producto,Precio del producto,Cantidad del producto,SKU",
    "Número de orden",
    "SKU",
    "Fecha",
  ],
  [
    "Nuvemshop",
    "Número do Pedido,E-mail,Data,Moeda,Nome do Produto,Valor do Produto,Quantidade Comprada,SKU",
    "Número do Pedido",
    "SKU",
    "Data",
  ],
  [
    "Italian",
    "Numero ordine,Data ordine,Codice prodotto,Nome prodotto,Quantità,Prezzo unitario",
    "Numero ordine",
    "Codice prodotto",
    "Data ordine",
  ],
  [
    "Dutch",
    "Bestelnummer,Besteldatum,Productcode,Productnaam,Aantal,Prijs per stuk",
    "Bestelnummer",
    "Productcode",
    "Besteldatum",
  ],
  ["Danish", "Ordrenummer,Ordredato,Varenummer,Varenavn,Antal,Pris", "Ordrenummer", "Varenummer", "Ordredato"],
  [
    "Swedish",
    "Ordernummer,Orderdatum,Artikelnummer,Artikelnamn,Antal,Pris",
    "Ordernummer",
    "Artikelnummer",
    "Orderdatum",
  ],
  [
    "Polish",
    "Numer zamówienia,Data zamówienia,Nazwa produktu,Kod produktu,Ilość,Cena",
    "Numer zamówienia",
    "Kod produktu",
    "Data zamówienia",
  ],
  ["Korean", "주문번호,주문일시,상품코드,상품명,수량,판매가", "주문번호", "상품코드", "주문일시"],
  ["Chinese", "订单编号,下单时间,商品编码,商品名称,数量,单价", "订单编号", "商品编码", "下单时间"],
  [
    "Russian",
    "Номер заказа,Дата заказа,Артикул,Название товара,Количество,Цена",
    "Номер заказа",
    "Артикул",
    "Дата заказа",
  ],
  [
    "olist",
    "order_id,order_item_id,product_id,seller_id,order_date,price,freight_value",
    "order_id",
    "product_id",
    "order_date",
  ],
];

test.each(HEADERS)("finds the columns of %s", (_, header, order, item, time) => {
  const columns = orderColumns(header.split(","))!;
  const { at, names } = columns;
  expect([names[at.order!], names[(at.item ?? at.sku)!], names[at.time!]]).toEqual([order, item, time]);
});

const QUANTITIES = /^(quant|cant|antal|aantal|ilość|menge|수량|数量|количество|購入商品 販売個数)/i;
const PRICES =
  /^(unitprice|einzelpreis|prix|preis|prec|prezzo|valor|prijs|pris|cena|单价|판매가|цена|購入商品 販売価格)/i;

test.each(HEADERS)("finds quantity and price of %s, where it has them by such names", (_, header) => {
  const { at, names } = orderColumns(header.split(","))!;
  const found = [at.quantity, at.price].map((place) => (place === undefined ? undefined : names[place]));
  const had = [QUANTITIES, PRICES].map((words) => names.find((name) => words.test(name)));
  expect(found).toEqual(had.map((name, n) => name ?? found[n]));
});

test("finds what an order file may say of prices, states and kinds of lines", () => {
  const { at, names } = orderColumns("受注番号,商品名,単価（税込）,個数,受注ステータス,明細区分,支払方法".split(","))!;
  const read = [at.title, at.price, at.quantity, at.status, at.kind, at.payment].map((place) => names[place!]);
  expect(read).toEqual(["商品名", "単価（税込）", "個数", "受注ステータス", "明細区分", "支払方法"]);
});

test("takes neither lines, customers nor addresses for items and orders", () => {
  expect(orderColumns(["order_item_id", "product_id"])).toBeNull();
  expect(orderColumns(["Customer ID", "Product"])).toBeNull();
  expect(orderColumns(["a", "b"])).toBeNull();
});
