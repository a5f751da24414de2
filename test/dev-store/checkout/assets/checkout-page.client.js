// Draws totals again when a delivery option is chosen or the app's extension changes the cart.
const prefix = location.pathname.slice(0, location.pathname.indexOf("/checkout"));

async function refresh() {
  const summary = document.getElementById("summary");
  const delivery = document.getElementById("delivery");
  if (!document.getElementById("checkout") || !summary) return;
  summary.setAttribute("aria-busy", "true");
  const chosen = document.querySelector("input[name=delivery]:checked")?.value ?? "";
  const response = await fetch(`${prefix}/checkout/parts.json?delivery=${encodeURIComponent(chosen)}`);
  const parts = await response.json();
  const fresh = new DOMParser().parseFromString(parts.summary, "text/html").getElementById("summary");
  // The extension's frame stays where it is: moving it would start it again.
  for (const part of [".lines", "#codes", ".totals"])
    summary.querySelector(part).replaceWith(fresh.querySelector(part));
  summary.removeAttribute("aria-busy");
  delivery.outerHTML = parts.delivery;
  document.querySelector("[data-total-head]").textContent = document.querySelector("[data-total]").textContent;
}

document.addEventListener("change", (event) => {
  if (event.target.name === "delivery") void refresh();
});

addEventListener("message", (event) => {
  if (event.origin !== location.origin) return;
  const frame = [...document.querySelectorAll("iframe.extension")].find((each) => each.contentWindow === event.source);
  if (!frame) return;
  if (event.data?.type === "height") {
    frame.style.height = `${event.data.height}px`;
    frame.closest(".slot").classList.toggle("empty", event.data.height <= 4);
  }
  if (event.data?.type === "changed") {
    void refresh();
    for (const other of document.querySelectorAll("iframe.extension")) {
      if (other !== frame) other.contentWindow.postMessage({ type: "changed" }, location.origin);
    }
  }
});

if (matchMedia("(max-width: 860px)").matches) document.querySelector(".fold")?.removeAttribute("open");
