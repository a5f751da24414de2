import { useBlocker } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { confirmLeaving } from "./app-bridge.ts";

/** State of a navigation by which a person has already given up what they typed: nothing is asked again. */
export const GIVEN_UP = { isGivenUp: true } as const;

const isGivenUp = (state: unknown) => (state as Partial<typeof GIVEN_UP> | null)?.isGivenUp === true;

/**
 * Asks before a link of the page leads away from what is not saved. The admin asks by itself where its own menu is used,
 * and then tells the app where to go.
 */
export function useLeaveConfirmation(dirty: boolean): void {
  const asked = useRef(false);
  useEffect(() => {
    const note = () => {
      asked.current = true;
      setTimeout(() => (asked.current = false));
    };
    addEventListener("shopify:navigate", note, true);
    return () => removeEventListener("shopify:navigate", note, true);
  }, []);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      dirty && !asked.current && !isGivenUp(nextLocation.state) && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    // Where the admin has not answered yet and another link is pressed, only the answer about that one counts.
    let isLatest = true;
    void confirmLeaving().then((leaves) => {
      if (isLatest) (leaves ? blocker.proceed : blocker.reset)();
    });
    return () => {
      isLatest = false;
    };
  }, [blocker]);
}
