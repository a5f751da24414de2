// What every other script of the theme uses.
const subscribers = new Map();

function subscribe(eventName, callback) {
  const known = subscribers.get(eventName) ?? new Set();
  subscribers.set(eventName, known.add(callback));
  return () => known.delete(callback);
}

function publish(eventName, data) {
  return Promise.all([...(subscribers.get(eventName) ?? [])].map((callback) => callback(data)));
}

function debounce(run, wait) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), wait);
  };
}

function fetchConfig(type = "json") {
  return { method: "POST", headers: { "Content-Type": "application/json", Accept: `application/${type}` } };
}

/** The inside of one element of a section's HTML. Throws where the section does not have it. */
function sectionInnerHTML(html, selector = ".shopify-section") {
  return new DOMParser().parseFromString(html, "text/html").querySelector(selector).innerHTML;
}

const FOCUSABLE = "summary, a[href], button:enabled, [tabindex]:not([tabindex^='-']), select:enabled, input:enabled";
let trap = null;

function trapFocus(container, elementToFocus = container) {
  removeTrapFocus();
  trap = (event) => {
    if (event.code !== "Tab") return;
    const inside = [...container.querySelectorAll(FOCUSABLE)].filter((element) => element.offsetParent !== null);
    const end = event.shiftKey ? inside[0] : inside.at(-1);
    if (document.activeElement !== end && container.contains(document.activeElement)) return;
    event.preventDefault();
    (event.shiftKey ? inside.at(-1) : inside[0])?.focus();
  };
  document.addEventListener("keydown", trap);
  elementToFocus.focus();
}

function removeTrapFocus(elementToFocus = null) {
  if (trap) document.removeEventListener("keydown", trap);
  trap = null;
  elementToFocus?.focus();
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.submit();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest(".quantity__button");
  if (!button) return;
  const input = button.parentElement.querySelector("input");
  if (button.name === "plus") input.stepUp();
  else input.stepDown();
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

class StickyHeader extends HTMLElement {
  /** Brings the header into view, so that a notification below it can be seen. */
  reveal() {
    this.classList.add("reveal");
  }
}
customElements.define("sticky-header", StickyHeader);
