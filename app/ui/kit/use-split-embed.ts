import { useRouteLoaderData } from "@remix-run/react";
import type { BlockState } from "./app-bridge.ts";
import { useThemeBlock } from "./use-theme-block.ts";

/** File name in the theme extension of the embed that splits shoppers. */
const SPLIT_EMBED = "experiments";

export interface EmbedInTheme {
  state: BlockState;
  /** Opens the published theme's editor with the embed switched on, not yet saved. */
  url: string;
}

/** Whether the embed that splits shoppers is on in the shop's published theme, and where it is switched on. */
export function useSplitEmbed(shop: string): EmbedInTheme {
  const state = useThemeBlock(SPLIT_EMBED);
  const layout = useRouteLoaderData("routes/app") as { apiKey?: string } | undefined;
  const query = new URLSearchParams({ context: "apps", activateAppId: `${layout?.apiKey ?? ""}/${SPLIT_EMBED}` });
  return { state, url: `https://${shop}/admin/themes/current/editor?${query.toString()}` };
}
