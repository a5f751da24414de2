import { expect, test } from "vitest";
import { itemIdentities, type ItemForm } from "./item-identity.ts";

/** Forms from "title | sku | price | orders"; titles may hold variants. */
function identify(...forms: (string | Partial<ItemForm>)[]) {
  const made = forms.map((form): ItemForm => {
    const [title = "", sku = "", price = "", orders = ""] =
      typeof form === "string" ? form.split("|").map((each) => each.trim()) : [];
    const of = typeof form === "string" ? {} : form;
    const own = { id: "", sku, title, titleHoldsVariant: true };
    const prices = new Set(price === "" ? [] : [price]);
    return { ...own, prices, orders: new Set(orders === "" ? [] : orders.split(" ").map(Number)), ...of };
  });
  return itemIdentities(made);
}
const ids = (...forms: (string | Partial<ItemForm>)[]) => identify(...forms).ids;
const codes = (...forms: string[]) => identify(...forms).notes.map(({ code }) => code);

test("treats lines with and without the code as one product", () => {
  expect(ids("Kettle|K1", "Kettle", "kettle ", "Cup|C1")).toEqual(["K1", "K1", "K1", "C1"]);
});

test("leaves ids of the file as they are, and links lines that lack one", () => {
  const [a, b] = [
    { id: "1", title: "Kettle" },
    { id: "2", title: "Kettle" },
  ];
  expect(ids(a, b)).toEqual(["1", "2"]);
  expect(ids(a, { title: "Kettle" }, { title: "Cup" })).toEqual(["1", "1", "Cup"]);
  expect(ids(a, { id: "NULL", title: "Cup" })).toEqual(["1", "Cup"]);
});

test("does not take numbers of lines for ids of products", () => {
  const forms = ["Kettle", "Cup", "Whisk", "Tea"].map((title, n) => ({ id: String((n % 1) + 1), title }));
  expect(new Set(ids(...forms)).size).toBe(4);
});

test.each(["N/A", "-", "0", "none", "なし", "1.23457E+12", "#N/A"])("takes %s for no code", (sku) => {
  expect(ids(`Kettle|${sku}`, `Cup|${sku}`)).toEqual(["Kettle", "Cup"]);
});

test("does not take a code for a product's where it stands for unlike titles, and says so", () => {
  const forms = ["Kettle|SAMPLE||1 4", "Cup|SAMPLE||2 3", "Whisk|SAMPLE||5"];
  expect(ids(...forms)).toEqual(["Kettle", "Cup", "Whisk"]);
  expect(codes(...forms)).toEqual(["codes-not-used"]);
});

test("follows a product that was renamed", () => {
  expect(ids("Kettle black|K1||1 2", "Black kettle, 1 l|K1||2 3")).toEqual(["K1", "K1"]);
  expect(ids("Kettle|K1||1 2 3 4 5", "Teapot|K1||6 7 8 9 10")).toEqual(["K1", "K1"]);
});

test.each([
  ["sizes and colours", ["Shirt - M / Blue|S-M", "Shirt - L / Red|S-L"]],
  ["measures", ["Coffee - 250 g|C-250|8", "Coffee - 1kg|C-1|28"]],
  ["sizes of rings", ["Ring - Size 7|R7", "Ring - Size 8|R8"]],
  ["Japanese colours", ["湯呑 - 赤|Y1", "湯呑 - 白|Y2"]],
  ["scents, by one price", ["Candle - Lavender Field|A|12|1", "Candle - Sea Salt|B|12|2"]],
  ["blends, by their codes", ["Tea - Assam Gold|TEA-ASSA|9|1", "Tea - Assam Rust|TEA-ASSR|7|2"]],
  ["what was sold before there were variants", ["Poster|P", "Poster - A3|P3"]],
])("counts variants as their product: %s", (_, forms) => {
  expect(new Set(ids(...forms)).size).toBe(1);
});

test.each([
  ["products of one brand", ["Acme - Kettle|AC1|30", "Acme - Cup|BX2|5"]],
  ["parts that are bought together", ["Acme - Cup|AC1|5|1 2", "Acme - Saucer|AC2|5|1 2"]],
  ["one title with a slogan", ["Oak Desk - Free UK Delivery|DESK", "Desk Lamp|LAMP"]],
])("keeps apart %s", (_, forms) => {
  expect(new Set(ids(...forms)).size).toBe(2);
});
