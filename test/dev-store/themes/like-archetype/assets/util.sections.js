/** Draws the parts of a section that are marked `data-fresh` again, and keeps the focus where it is. */
export async function refreshSection(element) {
  const response = await fetch(`${window.location.pathname}?section_id=${element.dataset.section}`);
  const html = new DOMParser().parseFromString(await response.text(), "text/html");
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  for (const part of element.querySelectorAll("[data-fresh]")) {
    const fresh = html.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
    if (fresh) part.innerHTML = fresh.innerHTML;
  }
  if (focused) document.getElementById(focused)?.focus();
}
