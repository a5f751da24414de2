import { type ClientLoaderFunctionArgs, useLocation } from "@remix-run/react";
import { useEffect, useSyncExternalStore } from "react";

/*
A page that is looked at asks again and again for its figures. Where one of these questions fails (offline, a restart of
the server), an exception would replace the page and all that was typed on it; what is shown stays instead.
*/

/** The figures that are shown now, and the address that they are of. */
let shown: { readonly address: string; readonly data: unknown } | null = null;
let isLost = false;
const listeners = new Set<() => void>();

function setLost(lost: boolean): void {
  if (lost === isLost) return;
  isLost = lost;
  for (const listener of listeners) listener();
}

const addressOf = ({ pathname, search }: { pathname: string; search: string }) => pathname + search;

/** Notes what a page shows, so that {@link freshOrKept} can fall back on it. */
export function useShown(data: unknown): void {
  const { key } = useLocation();
  // Another address can show the same figures.
  useEffect(() => {
    shown = { address: addressOf(location), data };
  }, [data, key]);
}

/**
 * The `clientLoader` of a page that notes what it shows: its figures, or those that are shown where none can be had.
 */
export async function freshOrKept<T>({ request, serverLoader }: ClientLoaderFunctionArgs): Promise<T> {
  try {
    const data = await serverLoader<T>();
    setLost(false);
    return data as T;
  } catch (error) {
    const address = addressOf(new URL(request.url));
    const isSignIn = error instanceof Response && error.status < 500;
    if (isSignIn || shown?.address !== address || addressOf(location) !== address) throw error;
    setLost(true);
    return shown.data as T;
  }
}

/** Whether the last question about the page's figures failed. */
export function useIsConnectionLost(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isLost,
    () => false,
  );
}
