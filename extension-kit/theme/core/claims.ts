/** What the offers within a part of a page claim: ids with surfaces, and perhaps other texts, which have no "/". */
export const claimsIn = (part: HTMLElement) =>
  [...part.querySelectorAll<HTMLInputElement>("[data-claim],[name*=_tsuide]")].map(
    (one) => one.dataset.claim ?? one.value,
  );
