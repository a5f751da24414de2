const NONE = "{display:none}";

/** The style rules that keep offers off a page: stronger than those of our widgets, without "!important". */
export function rulesFor(isHeldOut: boolean, hidden: readonly string[]): string {
  if (isHeldOut) return ":root:root .ts-widget" + NONE;
  if (!hidden[0]) return "";
  const begins = hidden.flatMap((offer) => [`^="${offer}-"]`, `^="${offer}/"]`]);
  const claimed = `:is(${begins.map((text) => `[data-claim${text},[value${text}`).join()})`;
  // In lists each row has an offer of its own; any other widget has one offer. A list without rows has no heading.
  return (
    `:root:root :is(.ts-widget${claimed},.ts-widget:not(tsuide-cart,tsuide-goal):has(${claimed}),` +
    `[data-item]:has(${claimed}),[data-list]:has(${claimed}):not(:has([name*="_tsuide]"]:not(${claimed}))))` +
    NONE
  );
}
