/**
 * Puts its content into the theme's cart drawer, in front of the first element that `data-before` finds, and again
 * whenever the theme renders the drawer again.
 */
export class Drawer extends HTMLElement {
  #observer?: MutationObserver;

  connectedCallback() {
    const content = this.firstElementChild;
    if (!content) return;
    const place = () => {
      if (content.isConnected && !this.contains(content)) return;
      try {
        document.querySelector(this.dataset.before!)?.before(content);
      } catch {
        // What the merchant wrote is no selector.
        this.disconnectedCallback();
      }
    };
    this.#observer = new MutationObserver(place);
    this.#observer.observe(document.body, { childList: true, subtree: true });
    place();
  }

  disconnectedCallback() {
    this.#observer?.disconnect();
  }
}
