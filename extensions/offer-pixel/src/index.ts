import { EventSender } from "./event-sender.ts";
import { EVENT_READERS, readEvent } from "./read-event.ts";
import { register } from "./shopify-pixel.ts";

/** Entry of the web pixel: hears offers, pages, cart and checkout, and sends them for as long as the visitor allows it. */
register(({ analytics, browser, init, settings, customerPrivacy }) => {
  const { token, endpoint } = settings;
  if (!token || !endpoint) return;
  const open = () => {
    const sender = new EventSender({
      ...{ token, endpoint, storage: browser.sessionStorage },
      fetch: (input, options) => fetch(input, options),
      setTimeout: (run, milliseconds) => setTimeout(run, milliseconds),
      now: () => Date.now(),
      random: () => Math.random(),
    });
    void sender.start();
    return sender;
  };
  // Shopify starts the pixel only with consent; where it says more, that counts.
  let sender = init.customerPrivacy?.analyticsProcessingAllowed === false ? null : open();
  customerPrivacy?.subscribe("visitorConsentCollected", (event) => {
    const isAllowed = event.customerPrivacy.analyticsProcessingAllowed === true;
    if (!isAllowed) sender?.end();
    sender = isAllowed ? (sender ?? open()) : null;
  });
  for (const name of Object.keys(EVENT_READERS)) {
    analytics.subscribe(name, (event) => sender?.add(readEvent(event)));
  }
});
