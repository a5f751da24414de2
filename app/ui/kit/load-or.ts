import type { ShouldRevalidateFunction } from "@remix-run/react";

/**
 * The `clientLoader` of a route that a part of a page asks for data: a request that fails gives `fallback`, since an
 * exception would replace the page and all that is on it. Redirects pass.
 */
export function loadOr<Fallback>(fallback: Fallback) {
  return async ({ serverLoader }: { serverLoader: <T>() => Promise<T> }): Promise<unknown> => {
    try {
      return await serverLoader<unknown>();
    } catch (error) {
      if (error instanceof Response && error.status >= 300 && error.status < 400) throw error;
      return fallback;
    }
  };
}

/**
 * The `shouldRevalidate` of such a route where nothing that staff do on its page changes the part: after each action the
 * page would show nothing new before the part is read again.
 */
export const notAfterActions: ShouldRevalidateFunction = ({ formMethod, defaultShouldRevalidate }) =>
  formMethod === undefined && defaultShouldRevalidate;
