import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

const INTERVAL_MS = 2000;
const PATIENT_INTERVAL_MS = 15_000;
/** After so many questions the work is a long one, and a page left open must not ask all night. */
const EAGER_QUESTIONS = 90;

/**
 * Asks for the page's figures again while `expecting` something to change and the page is looked at: every two
 * seconds for three minutes, every fifteen from then on; never twice at a time.
 */
export function usePolling(expecting: boolean): void {
  const { revalidate, state } = useRevalidator();
  const asked = useRef(0);
  useEffect(() => {
    if (!expecting || state !== "idle") return;
    const ask = () => {
      if (document.visibilityState !== "visible") return;
      asked.current++;
      revalidate();
    };
    const timer = setInterval(ask, asked.current < EAGER_QUESTIONS ? INTERVAL_MS : PATIENT_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [expecting, state, revalidate]);
}
