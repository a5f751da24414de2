import { expect, test } from "vitest";
import { buildProduct, buildShop, buildStore } from "../test-store.ts";

const PRODUCT = "gid://shopify/Product/11";
const CATEGORY = "Home & Garden > Kitchen & Dining > Tableware > Mugs";
const definition = (key: string, type: string, pinnedPosition: number | null = null) => ({
  ...{ owner: "Product", namespace: "custom", key, type, name: `The ${key}`, pinnedPosition },
});

function store() {
  const shop = buildShop();
  const [variant] = buildProduct("11").variants;
  shop.products.set(
    "11",
    buildProduct("11", {
      ...{ category: CATEGORY, options: ["Glaze"] },
      variants: ["Red", "Black"].map((glaze, n) => ({ ...variant!, id: `11${n}`, title: glaze, options: [glaze] })),
    }),
  );
  shop.metafieldDefinitions = [definition("material", "single_line_text_field", 1), definition("capacity", "volume")];
  return buildStore({ shops: [shop] });
}

const SET = `mutation ($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { code } } }`;
async function set(graphql: ReturnType<typeof store>["graphql"], key: string, value: string, type?: string) {
  const input = { ownerId: PRODUCT, namespace: "custom", key, value, ...(type === undefined ? {} : { type }) };
  const { data } = await graphql(SET, { m: [input] });
  return data.metafieldsSet.userErrors.map(({ code }: { code: string }) => code);
}

test("a product has its category, its options with their values, and the merchant's metafields by name", async () => {
  const { graphql } = store();
  expect(await set(graphql, "material", "Stoneware")).toEqual([]);
  expect(await set(graphql, "loose", "Yes", "single_line_text_field")).toEqual([]);
  const { data } = await graphql(`{
    product(id: "${PRODUCT}") {
      category { name fullName level isRoot }
      options { name values }
      variants(first: 2) { nodes { selectedOptions { name value } } }
      metafields(first: 5, keys: ["custom.material", "custom.loose", "custom.none"]) {
        nodes { key type value definition { name } }
      }
    }
    products(first: 2) { nodes { category { name } } }
  }`);
  expect(data.product).toEqual({
    category: { name: "Mugs", fullName: CATEGORY, level: 4, isRoot: false },
    options: [{ name: "Glaze", values: ["Red", "Black"] }],
    variants: {
      nodes: [
        { selectedOptions: [{ name: "Glaze", value: "Red" }] },
        { selectedOptions: [{ name: "Glaze", value: "Black" }] },
      ],
    },
    metafields: {
      nodes: [
        { key: "material", type: "single_line_text_field", value: "Stoneware", definition: { name: "The material" } },
        { key: "loose", type: "single_line_text_field", value: "Yes", definition: null },
      ],
    },
  });
  expect(data.products.nodes).toEqual([{ category: { name: "Mugs" } }, { category: null }]);
});

test("definitions are the merchant's beside the app's own, and can be narrowed", async () => {
  const { graphql } = store();
  const keys = async (args: string) => {
    const fields = "nodes { namespace key name pinnedPosition type { name category } }";
    const { data } = await graphql(`{ metafieldDefinitions(ownerType: PRODUCT, first: 100${args}) { ${fields} } }`);
    return data.metafieldDefinitions.nodes as { namespace: string; key: string }[];
  };
  const all = await keys("");
  expect(all.filter(({ namespace }) => namespace === "custom")).toEqual([
    {
      ...{ namespace: "custom", key: "material", name: "The material", pinnedPosition: 1 },
      type: { name: "single_line_text_field", category: "TEXT" },
    },
    {
      ...{ namespace: "custom", key: "capacity", name: "The capacity", pinnedPosition: null },
      type: { name: "volume", category: "MEASUREMENT" },
    },
  ]);
  expect(all.some(({ namespace, key }) => namespace.startsWith("app--") && key === "companions")).toBe(true);
  expect((await keys(', namespace: "custom", pinnedStatus: UNPINNED')).map(({ key }) => key)).toEqual(["capacity"]);
  expect((await keys(", pinnedStatus: PINNED")).map(({ key }) => key)).toEqual(["material"]);
});

test("measurements, ratings and lists are refused where they are not what they say", async () => {
  const { graphql } = store();
  expect(await set(graphql, "capacity", '{"value":300,"unit":"ml"}')).toEqual([]);
  expect(await set(graphql, "capacity", '{"value":300,"unit":"g"}')).toEqual(["INVALID_VALUE"]);
  expect(await set(graphql, "capacity", "300 ml")).toEqual(["INVALID_VALUE"]);
  expect(await set(graphql, "stars", '{"value":"4.5","scale_min":"1.0","scale_max":"5.0"}', "rating")).toEqual([]);
  expect(await set(graphql, "stars", '{"value":"9","scale_min":"1","scale_max":"5"}', "rating")).toEqual([
    "INVALID_VALUE",
  ]);
  const list = "list.single_line_text_field";
  expect(await set(graphql, "notes", '["plum","tea"]', list)).toEqual([]);
  expect(await set(graphql, "notes", "plum, tea", list)).toEqual(["INVALID_VALUE"]);
});
