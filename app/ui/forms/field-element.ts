/** The element of a field; where the field has none of its own, that of the nearest field that holds it. */
function fieldElement(name: string): HTMLElement | null {
  const end = name.lastIndexOf(".");
  return document.getElementById(name) ?? (end < 0 ? null : fieldElement(name.slice(0, end)));
}

/** Of the fields named, the one that stands first on the page, whatever the order of the names. */
export function firstFieldElement(names: readonly string[]): HTMLElement | null {
  const elements = names.map(fieldElement).filter((element) => element !== null);
  const isBefore = (a: HTMLElement, b: HTMLElement) =>
    (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return elements.reduce<HTMLElement | null>(
    (first, one) => (first === null || isBefore(one, first) ? one : first),
    null,
  );
}
