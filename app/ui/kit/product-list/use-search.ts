import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";

const TYPING_PAUSE_MS = 250;

/** What somebody searches for while they type, and what was found. */
export interface Search<Found> {
  text: string;
  setText: (text: string) => void;
  /** Undefined until something was found or looked for in vain. */
  found: Found | undefined;
  isSearching: boolean;
}

/**
 * Asks an address for what is typed, once typing pauses.
 *
 * @param address Takes the text as `q`.
 * @param key Searches of different keys keep what they found apart.
 * @param asks Whether a text is searched for; by default any that is not empty.
 */
export function useSearch<Found>(address: string, key: string, asks = isTyped): Search<Found> {
  const { load, data, state } = useFetcher<Found>({ key });
  const [text, setText] = useState("");
  const isAsked = asks(text);
  useEffect(() => {
    if (!isAsked) return;
    const timer = setTimeout(() => load(`${address}?q=${encodeURIComponent(text)}`), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [address, isAsked, text, load]);
  return { text, setText, found: isAsked ? (data as Found | undefined) : undefined, isSearching: state !== "idle" };
}

function isTyped(text: string): boolean {
  return text.trim() !== "";
}
