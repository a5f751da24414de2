import type { LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { z } from "zod";
import { OFFER_TYPE_NAMES } from "../domain/offers/offer-type-name.ts";
import { readPreview } from "../flows/offers/read-preview.ts";
import { readSettings } from "../flows/settings/read-settings.ts";
import { BLOCK_FILES } from "../preview/block-files.server.ts";
import { previewedContent, previewOfOffer } from "../preview/previewed-offer.ts";
import { previewPage, type PreviewSettings } from "../preview/preview-page.ts";
import { requestLanguage } from "../server/language-choice.server.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";

const LARGEST_AMOUNT = 1_000_000_000_000;
const LONGEST_CONTENT = 10_000;

const ofSettings = z
  .object({
    discount: z.coerce.number().int().min(0).max(10_000),
    size: z.coerce.number().int().min(1).max(3),
    told: z.stringbool(),
    goal: z.coerce.number().int().positive().max(LARGEST_AMOUNT).optional(),
  })
  .transform(({ discount, size, told, goal }): PreviewSettings => ({
    blocks: goal === undefined ? ["bought-together"] : ["bought-together", "goal-bar"],
    ...{
      discountBasisPoints: discount,
      setSize: size,
      tellOrdersTogether: told,
      goalMinor: goal ?? null,
      breaks: null,
    },
  }));
const ofOffer = z.object({ type: z.enum(OFFER_TYPE_NAMES), content: z.string().max(LONGEST_CONTENT) });

/** What shoppers will see with the settings or the offer in the address, as a document of its own. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const [products, { tellOrdersTogether }] = await Promise.all([
    readPreview(shop, context.flows),
    readSettings(shop, context.flows),
  ]);
  const settings = wanted(query, { currency: products.currency, tellOrdersTogether });
  if (settings === null) throw new Response(null, { status: 400 });
  const { language } = (await requestLanguage(request)).locale;
  const isEmpty = products.products.length < 2 || settings.blocks.length === 0;
  const html = isEmpty ? null : previewPage(BLOCK_FILES, products, settings, { language, now: new Date() });
  return { html, isExample: products.isExample };
}

function wanted(
  query: Record<string, string>,
  options: { currency: string; tellOrdersTogether: boolean },
): PreviewSettings | null {
  const asked = ofOffer.safeParse(query).data;
  if (asked === undefined) return ofSettings.safeParse(query).data ?? null;
  const content = previewedContent(asked.type).parse(jsonOf(asked.content));
  return content.ok ? previewOfOffer(asked.type, content.value, options) : null;
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
