import type { LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { z } from "zod";
import { readPreview } from "../flows/offers/read-preview.ts";
import { requestLanguage } from "../server/language-choice.server.ts";
import { BLOCK_FILES } from "../preview/block-files.server.ts";
import { previewPage } from "../preview/preview-page.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";

const LARGEST_AMOUNT = 1_000_000_000_000;

const wanted = z.object({
  discount: z.coerce.number().int().min(0).max(10_000),
  size: z.coerce.number().int().min(1).max(3),
  told: z.stringbool(),
  goal: z.coerce.number().int().positive().max(LARGEST_AMOUNT).optional(),
});

/** What shoppers will see with the settings in the address, as a document of its own. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const parsed = wanted.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) throw new Response(null, { status: 400 });
  const { discount, size, told, goal } = parsed.data;
  const products = await readPreview(shop, context.flows);
  const settings = {
    discountBasisPoints: discount,
    setSize: size,
    tellOrdersTogether: told,
    goalMinor: goal ?? null,
  };
  const { language } = (await requestLanguage(request)).locale;
  const isEmpty = products.products.length < 2;
  const html = isEmpty ? null : previewPage(BLOCK_FILES, products, settings, { language, now: new Date() });
  return { html, isExample: products.isExample };
}

/** A preview that cannot be had leaves the last one where it is: it must not replace the page that it is part of. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return serverLoader<typeof loader>().catch(() => null);
}

/** The page asks again where something that it shows has changed. */
export const shouldRevalidate = () => false;
