/** Writes what became of an action into a widget's live region, with a link where there is one. */
export function say(
  status: HTMLElement,
  text: string,
  tone: string,
  link: { readonly href: string; readonly text: string } | null,
) {
  status.dataset.tone = tone;
  status.textContent = text;
  if (!link) return;
  const anchor = document.createElement("a");
  anchor.href = link.href;
  anchor.textContent = link.text;
  status.append(" ", anchor);
}
