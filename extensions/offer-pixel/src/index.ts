import { EventSender } from "./event-sender.ts";
import { keepUnit } from "./keep-unit.ts";
import { EVENT_READERS, readEvent } from "./read-event.ts";
import { register } from "./shopify-pixel.ts";
import { VisitKeeper } from "./visit-keeper.ts";

/**
 * Entry of the web pixel: hears offers, pages, cart and checkout, sends them for as long as the visitor allows it, and
 * keeps by what they are split.
 */
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
    void follow(true);
    return sender;
  };
  const { localStorage: storage, cookie } = browser;
  const follow = (isAllowed: boolean) => keepUnit(isAllowed, { storage, cookie, random: () => Math.random() });
  const visits = new VisitKeeper(storage);
  let heard: Promise<unknown> = Promise.resolve();
  // Shopify starts the pixel only with consent; where it says more, that counts.
  let sender = init.customerPrivacy?.analyticsProcessingAllowed === false ? null : open();
  if (sender === null) {
    void follow(false);
    heard = visits.forget();
  }
  customerPrivacy?.subscribe("visitorConsentCollected", (event) => {
    const isAllowed = event.customerPrivacy.analyticsProcessingAllowed === true;
    if (!isAllowed) {
      sender?.end();
      void follow(false);
      heard = heard.then(() => visits.forget());
    }
    sender = isAllowed ? (sender ?? open()) : null;
  });
  for (const name of Object.keys(EVENT_READERS)) {
    analytics.subscribe(name, (event) => {
      const to = sender;
      // One after the other: the visit of an event is known once the page before it was read.
      if (to === null) return;
      heard = heard.then(async () => to.add(readEvent(event, await visits.visitOf(event).catch(() => null))));
    });
  }
});
