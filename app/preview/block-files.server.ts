import type { BlockFiles } from "./theme-blocks.ts";

/** The theme extension's files, taken into the server's bundle: the image that runs in production holds no other copy. */
const liquid = import.meta.glob<string>("../../extensions/theme-offers/{blocks,snippets}/*.liquid", {
  query: "?raw",
  import: "default",
  eager: true,
});
const styles = import.meta.glob<string>("../../extension-kit/theme/styles/*.css", {
  query: "?raw",
  import: "default",
  eager: true,
});
const texts = import.meta.glob<string>("../../extensions/theme-offers/locales/{en.default,ja}.json", {
  query: "?raw",
  import: "default",
  eager: true,
});

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1).replace(/(\.default)?\.[a-z]+$/, "");
const byName = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [nameOf(path), text]));

export const BLOCK_FILES: BlockFiles = {
  templates: byName(liquid),
  css: Object.values(styles).join("\n"),
  locales: Object.fromEntries(
    Object.entries(byName(texts)).map(([language, text]) => [language, JSON.parse(text) as Record<string, unknown>]),
  ),
};
