import type { LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { z } from "zod";
import { OFFER_TYPE_NAMES } from "../domain/offers/offer-type-name.ts";
import type { ConfigOf } from "../domain/offers/offer-types.ts";
import { gid, type ProductId, type ShopDomain } from "../domain/ids.ts";
import type { FlowContext } from "../flows/context.ts";
import { readBundlePreview, readPreview, readSetPreview, readUpgradePreview } from "../flows/offers/read-preview.ts";
import { readSettings } from "../flows/settings/read-settings.ts";
import { BLOCK_FILES } from "../preview/block-files.server.ts";
import { namedProducts, pageProducts, previewedContent, previewOfOffer } from "../preview/previewed-offer.ts";
import { previewFacts, previewPage } from "../preview/preview-page.ts";
import { requestLanguage } from "../server/language-choice.server.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";

const LONGEST_CONTENT = 10_000;

const ofOffer = z.object({
  type: z.enum(OFFER_TYPE_NAMES),
  content: z.string().max(LONGEST_CONTENT),
  similar: z.stringbool().default(false),
  viewed: z.stringbool().default(false),
});
/** A product and the companions that a set can show. */
const MOST_PRODUCTS = 4;
const BARE_NUMBER = /^[0-9]{1,18}$/;

/** What shoppers will see of the offer in the address, as a document of its own. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await shopOfPart(request, context, "/app/offers");
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const asked = wanted(query);
  if (asked === null) throw new Response(null, { status: 400 });
  const [products, { tellOrdersTogether }] = await Promise.all([
    previewedProducts(shop, query, asked, context.flows),
    readSettings(shop, context.flows),
  ]);
  const { language } = (await requestLanguage(request)).locale;
  const { similar, viewed } = asked;
  const facts = previewFacts(products, { tellOrdersTogether, similar, viewed, now: new Date() });
  const preview = facts && previewOfOffer(asked.type, asked.content, facts);
  const isEmpty = preview === null || preview.blocks.length === 0;
  const html = isEmpty ? null : previewPage(BLOCK_FILES, products, preview, language);
  return { html, isExample: products.isExample };
}

function previewedProducts(
  shop: ShopDomain,
  query: Record<string, string>,
  asked: NonNullable<ReturnType<typeof wanted>>,
  flows: FlowContext,
) {
  const { type, content } = asked;
  if (type === "upgrade") return readUpgradePreview(shop, upgradesIn(content.config as ConfigOf<"upgrade">), flows);
  if (type !== "fixed-bundle") return productsOf(shop, query, asked, flows);
  const config = content.config as ConfigOf<"fixed-bundle">;
  return readBundlePreview(shop, { config, reward: content.reward }, flows);
}

/** What staff decided, as far as it is typed, and whether variants that were found are offered as well. */
function upgradesIn({ pairs, variantPairs, ownVariants }: ConfigOf<"upgrade">) {
  const products = pairs.flatMap(({ products: [product], upgrade: [upgrade] }) =>
    product === undefined || upgrade === undefined ? [] : [{ product, upgrade }],
  );
  const variants = variantPairs.flatMap(({ variant: [variant], betterVariant: [better] }) =>
    variant === undefined || better === undefined ? [] : [variant],
  );
  return { pairs: products, paired: variants, variants: ownVariants };
}

/** The products of the set that is asked for; where none is, those that show best what the offer looks like. */
function productsOf(
  shop: ShopDomain,
  { products, on }: Record<string, string>,
  { type, content }: NonNullable<ReturnType<typeof wanted>>,
  flows: FlowContext,
) {
  if (products) return readSetPreview(shop, numbersIn(products), flows);
  const own = numbersIn(on ?? "").map((number): ProductId => gid("Product", number));
  const chosen = { on: pageProducts(type, own), named: namedProducts(type, content) };
  return readPreview(shop, { ...chosen, isWhole: type === "mix-and-match" }, flows);
}

/** Bare ids of products, with spaces between them. */
function numbersIn(text: string): string[] {
  return text
    .split(" ")
    .slice(0, MOST_PRODUCTS)
    .filter((one) => BARE_NUMBER.test(one));
}

/** The offer in an address; null where there is none, or none that could be saved. */
function wanted(query: Record<string, string>) {
  const asked = ofOffer.safeParse(query).data;
  if (asked === undefined) return null;
  const content = previewedContent(asked.type).parse(jsonOf(asked.content));
  return content.ok ? { ...asked, content: content.value } : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A preview that cannot be had leaves the last one where it is: it must not replace the page that it is part of. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return serverLoader<typeof loader>().catch(() => null);
}

/** The page asks again where something that it shows has changed. */
export const shouldRevalidate = () => false;
