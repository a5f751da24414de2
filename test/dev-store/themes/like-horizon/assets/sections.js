import { morph } from "@theme/morph";

const idOf = (sectionId) => `shopify-section-${sectionId}`;

/** Puts a section's new HTML into the page. */
export function morphSection(sectionId, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(idOf(sectionId));
  const old = document.getElementById(idOf(sectionId));
  if (fresh && old) morph(old, fresh);
}

/** Asks for a section and puts it into the page. */
export async function renderSection(sectionId, query = "") {
  const response = await fetch(`${window.location.pathname}?section_id=${sectionId}${query}`);
  const html = await response.text();
  morphSection(sectionId, html);
  return html;
}
