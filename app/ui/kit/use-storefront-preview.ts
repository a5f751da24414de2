import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";

/** What a page shows of a preview: a document, or null where the shop has no two products to show. */
export interface Preview {
  html: string | null;
  /** Made with best sellers, since nothing is offered yet. */
  isExample: boolean;
}

/** Typing asks for a new preview once it pauses for so long. */
const PAUSE_MS = 250;

/**
 * The preview that the query asks for. Where it is null, since the form does not parse, the last one stays; a preview that
 * cannot be had leaves the last one, too. Null before the first. `key` tells the previews of one page apart.
 */
export function useStorefrontPreview(query: Readonly<Record<string, string>> | null, key = "preview"): Preview | null {
  const { load, data } = useFetcher<Preview | null>({ key });
  const [last, setLast] = useState<Preview | null>(null);
  if (data && data !== last) setLast(data);
  const [asked, setAsked] = useState<string | null>(null);
  const wanted = query === null ? null : new URLSearchParams(query).toString();
  if (wanted !== null && wanted !== asked) setAsked(wanted);
  useEffect(() => {
    if (asked === null) return;
    const timer = setTimeout(() => load(`/app/preview?${asked}`), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [load, asked]);
  return last;
}
