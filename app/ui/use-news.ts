import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

const INTERVAL_MS = 2000;

/**
 * Asks for the page's figures again every two seconds while `expecting` something to change and the page is looked
 * at; never twice at a time.
 */
export function useNews(expecting: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!expecting || state !== "idle") return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") revalidate();
    }, INTERVAL_MS);
    return () => clearInterval(timer);
  }, [expecting, state, revalidate]);
}
