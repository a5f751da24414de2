// What Shopify itself adds to every page for web pixels: the analytics bus, its own events, and a sandbox for each pixel of
// an app. No pixel is loaded before the visitor allows what it needs; events of the page so far reach it then.
(() => {
  const Shopify = (window.Shopify = window.Shopify || {});
  const { pixel, events, consent } = window.__pixels;
  const heard = [];
  let worker = null;
  let sequence = 0;

  const wrap = (name, fields) => ({
    id: `sh-${crypto.randomUUID()}`,
    name,
    seq: sequence++,
    timestamp: new Date().toISOString(),
    context: {
      document: { location: { href: location.href }, title: document.title },
      navigator: { userAgent: navigator.userAgent },
      window: { innerWidth, innerHeight, screen: { width: screen.width, height: screen.height } },
    },
    ...fields,
  });

  function send(event) {
    worker.postMessage({ kind: "event", event: { ...event, clientId: browserName() } });
  }

  function emit(event) {
    heard.push(event);
    if (worker !== null) send(event);
  }

  /** Shopify's `_shopify_y`: made once the visitor allows it, and not before. */
  function browserName() {
    const known = /(?:^|; )_shopify_y=([^;]+)/.exec(document.cookie)?.[1];
    if (known) return known;
    const name = crypto.randomUUID();
    document.cookie = `_shopify_y=${name}; path=/; max-age=31536000; samesite=lax`;
    return name;
  }

  const privacyOf = (granted) => ({
    analyticsProcessingAllowed: granted,
    marketingAllowed: granted,
    preferencesProcessingAllowed: granted,
    saleOfDataAllowed: granted,
  });

  function load() {
    if (worker !== null || !pixel) return;
    worker = new Worker(pixel.script);
    const cookie = {
      get: (name) =>
        decodeURIComponent(
          document.cookie
            .split("; ")
            .find((pair) => pair.startsWith(`${name}=`))
            ?.slice(name.length + 1) ?? "",
        ),
    };
    worker.onmessage = async ({ data: { id, part, method, args } }) => {
      let value;
      try {
        value = { sessionStorage, localStorage, cookie }[part][method](...args);
      } catch {
        value = null;
      }
      worker.postMessage({ kind: "answer", id, value });
    };
    worker.postMessage({ kind: "start", settings: pixel.settings, customerPrivacy: privacyOf(true) });
    for (const event of heard) send(event);
  }

  Shopify.analytics = {
    publish(name, customData) {
      // As at Shopify, what cannot be cloned never leaves the page.
      emit(wrap(name, { type: "custom", customData: structuredClone(customData) }));
      return true;
    },
  };

  for (const { name, data } of events) emit(wrap(name, { type: "standard", data }));

  // An addition by script. One by a form alone opens another page, and is not seen here.
  const { fetch } = window;
  window.fetch = async (...given) => {
    const response = await fetch(...given);
    const path = new URL(typeof given[0] === "string" ? given[0] : (given[0].url ?? String(given[0])), location.href)
      .pathname;
    if (/\/cart\/add(\.js)?$/.test(path) && response.ok) {
      const answer = await response
        .clone()
        .json()
        .catch(() => ({}));
      for (const item of answer.items ?? [answer]) {
        if (!item.product_id) continue;
        const merchandise = {
          id: String(item.variant_id),
          product: { id: String(item.product_id), title: item.title },
        };
        emit(
          wrap("product_added_to_cart", {
            type: "standard",
            data: { cartLine: { merchandise, quantity: item.quantity } },
          }),
        );
      }
    }
    return response;
  };

  document.addEventListener("visitorConsentCollected", ({ detail }) => {
    if (detail.analyticsAllowed) load();
    worker?.postMessage({ kind: "consent", customerPrivacy: privacyOf(detail.analyticsAllowed) });
    if (!detail.analyticsAllowed) document.cookie = "_shopify_y=; path=/; max-age=0";
  });
  if (consent === "granted") load();
})();
