import type { LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { z } from "zod";
import { OFFER_TYPE_NAMES } from "../domain/offers/offer-type-name.ts";
import type { ShopDomain } from "../domain/ids.ts";
import type { FlowContext } from "../flows/context.ts";
import { readPreview, readSetPreview } from "../flows/offers/read-preview.ts";
import { readSettings } from "../flows/settings/read-settings.ts";
import { BLOCK_FILES } from "../preview/block-files.server.ts";
import { previewedContent, previewOfOffer } from "../preview/previewed-offer.ts";
import { previewPage, type PreviewSettings } from "../preview/preview-page.ts";
import { requestLanguage } from "../server/language-choice.server.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";

const LONGEST_CONTENT = 10_000;

const ofOffer = z.object({
  type: z.enum(OFFER_TYPE_NAMES),
  content: z.string().max(LONGEST_CONTENT),
  similar: z.stringbool().default(false),
});
/** A product and the companions that a set can show. */
const MOST_PRODUCTS = 4;
const BARE_NUMBER = /^[0-9]{1,18}$/;

/** What shoppers will see of the offer in the address, as a document of its own. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const [products, { tellOrdersTogether }] = await Promise.all([
    productsOf(shop, query, context.flows),
    readSettings(shop, context.flows),
  ]);
  const settings = wanted(query, { currency: products.currency, tellOrdersTogether });
  if (settings === null) throw new Response(null, { status: 400 });
  const { language } = (await requestLanguage(request)).locale;
  const isEmpty = products.products.length < 2 || settings.blocks.length === 0;
  const html = isEmpty ? null : previewPage(BLOCK_FILES, products, settings, { language, now: new Date() });
  return { html, isExample: products.isExample };
}

/** The products of the set that is asked for; where none is, those that show best what a set looks like. */
function productsOf(shop: ShopDomain, { products }: Record<string, string>, flows: FlowContext) {
  const numbers = products?.split(" ").slice(0, MOST_PRODUCTS) ?? [];
  if (numbers.length === 0) return readPreview(shop, flows);
  return readSetPreview(
    shop,
    numbers.flatMap((one) => (BARE_NUMBER.test(one) ? [one] : [])),
    flows,
  );
}

function wanted(
  query: Record<string, string>,
  options: { currency: string; tellOrdersTogether: boolean },
): PreviewSettings | null {
  const asked = ofOffer.safeParse(query).data;
  if (asked === undefined) return null;
  const content = previewedContent(asked.type).parse(jsonOf(asked.content));
  if (!content.ok) return null;
  return { ...previewOfOffer(asked.type, content.value, options), similar: asked.similar };
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
