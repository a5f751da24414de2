-- A person's word about a product as a whole: never suggested with others, nothing suggested with it, or both.
CREATE TABLE "excluded_products" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "as_trigger" BOOLEAN NOT NULL,
    "as_companion" BOOLEAN NOT NULL,
    "excluded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "excluded_products_pkey" PRIMARY KEY ("shop","product_id")
);

-- The companions that the orders speak for, whether or not anyone lets shoppers see them; best first. Products without
-- such companions have no row.
CREATE TABLE "suggested_companions" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "companions" BIGINT[] NOT NULL,
    "grade" TEXT NOT NULL,

    CONSTRAINT "suggested_companions_pkey" PRIMARY KEY ("shop","product_id")
);

DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY['excluded_products', 'suggested_companions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY %I ON %I USING (shop = current_setting(''tsuide.shop'', true))
       WITH CHECK (shop = current_setting(''tsuide.shop'', true))', name || '_of_one_shop', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tsuide_tenant', name);
  END LOOP;
END
$$;

-- Text as it is searched: full-width letters and digits as plain ones, half-width kana as full-width, no capitals, and
-- katakana as hiragana. What a person types is folded by the same function.
CREATE FUNCTION search_fold(value TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  translate(lower(normalize(value, NFKC)),
    'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ',
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖ');

ALTER TABLE "products" ADD COLUMN "search_text" TEXT
  GENERATED ALWAYS AS (search_fold(title || ' ' || vendor || ' ' || product_type)) STORED;

-- Lists of products begin with those in most orders.
CREATE INDEX "associations_shop_baskets_product_id_idx" ON "associations" ("shop", "baskets" DESC, "product_id");
