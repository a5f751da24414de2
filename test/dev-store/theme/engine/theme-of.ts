import type { StoreContext } from "../../shop/state.ts";
import { DEFAULT_THEME } from "./theme-files.ts";

/** The folder of the theme that a shop shows. */
export function themeDirOf(context: StoreContext): string {
  return context.themeDir ?? DEFAULT_THEME;
}
