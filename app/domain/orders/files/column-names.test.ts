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
