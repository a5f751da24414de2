// The strict sandbox of a web pixel: a worker without a page. The pixel's own script follows this one.
(() => {
  const subscribers = new Map();
  const privacySubscribers = [];
  const calls = new Map();
  let calling = 0;
  let pixel;

  const ask =
    (part, method) =>
    (...args) =>
      new Promise((resolve) => {
        calls.set(++calling, resolve);
        postMessage({ id: calling, part, method, args });
      });
  const parts = { sessionStorage: ["getItem", "setItem", "removeItem"], cookie: ["get"] };
  parts.localStorage = parts.sessionStorage;
  const browser = Object.fromEntries(
    Object.entries(parts).map(([part, methods]) => [
      part,
      Object.fromEntries(methods.map((method) => [method, ask(part, method)])),
    ]),
  );

  self.shopify = {
    extend(point, run) {
      if (point !== "WebPixel::Render") throw new Error(`A web pixel has no extension point ${point}`);
      pixel = run;
    },
  };

  self.onmessage = ({ data }) => {
    if (data.kind === "answer") {
      calls.get(data.id)?.(data.value);
      calls.delete(data.id);
    } else if (data.kind === "event") {
      for (const heard of subscribers.get(data.event.name) ?? []) heard(data.event);
    } else if (data.kind === "consent") {
      for (const heard of privacySubscribers) heard({ customerPrivacy: data.customerPrivacy });
    } else if (data.kind === "start") {
      pixel({
        analytics: {
          subscribe(name, heard) {
            subscribers.set(name, [...(subscribers.get(name) ?? []), heard]);
          },
        },
        browser,
        init: { customerPrivacy: data.customerPrivacy, data: {}, context: {} },
        settings: data.settings,
        customerPrivacy: {
          subscribe(name, heard) {
            if (name === "visitorConsentCollected") privacySubscribers.push(heard);
          },
        },
      });
    }
  };
})();
