// What Shopify itself adds to every storefront for consent: the customer privacy API and a banner.
(() => {
  const Shopify = (window.Shopify = window.Shopify || {});
  const remembered = { value: Shopify.__consent.consent };
  const allowed = () => remembered.value === "granted";
  function decide(granted) {
    remembered.value = granted ? "granted" : "denied";
    document.cookie = `_tracking_consent=${remembered.value}; path=/; max-age=31536000; samesite=lax`;
    const detail = {
      analyticsAllowed: granted,
      marketingAllowed: granted,
      preferencesAllowed: granted,
      saleOfDataAllowed: granted,
    };
    document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail }));
  }
  const customerPrivacy = {
    analyticsProcessingAllowed: allowed,
    marketingAllowed: allowed,
    preferencesProcessingAllowed: allowed,
    saleOfDataAllowed: allowed,
    userCanBeTracked: allowed,
    shouldShowBanner: () => remembered.value === "",
    getRegion: () => Shopify.__consent.region,
    currentVisitorConsent: () => {
      const value = { granted: "yes", denied: "no" }[remembered.value] || "";
      return { analytics: value, marketing: value, preferences: value, sale_of_data: value };
    },
    setTrackingConsent(consent, done) {
      decide(consent.analytics === true);
      done?.();
    },
  };
  Shopify.loadFeatures = (features, done) => {
    if (features.some((feature) => feature.name === "consent-tracking-api")) Shopify.customerPrivacy = customerPrivacy;
    const unknown = features.filter((feature) => feature.name !== "consent-tracking-api");
    setTimeout(() => done?.(unknown.length > 0 ? new Error(`Unknown feature ${unknown[0].name}`) : null));
  };

  const TEXTS = {
    en: [
      "May we count visits to make the shop better? Nothing is kept without your yes.",
      "No, thanks",
      "Yes, that is fine",
    ],
    ja: [
      "お店を良くするため、訪問の計測にご協力いただけますか。同意がなければ何も記録しません。",
      "同意しない",
      "同意する",
    ],
  };
  function showBanner() {
    const [text, no, yes] = TEXTS[Shopify.locale] || TEXTS.en;
    const banner = document.createElement("div");
    banner.className = "consent";
    banner.setAttribute("role", "region");
    banner.setAttribute("aria-label", text);
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    const buttons = document.createElement("div");
    buttons.className = "consent__buttons";
    for (const [label, granted] of [
      [no, false],
      [yes, true],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = granted ? "button" : "button button--plain";
      button.textContent = label;
      button.addEventListener("click", () => {
        decide(granted);
        banner.remove();
      });
      buttons.append(button);
    }
    banner.append(paragraph, buttons);
    document.body.append(banner);
  }
  const again = document.querySelector("[data-open-consent]");
  if (again) {
    again.hidden = false;
    again.addEventListener("click", showBanner);
  }
  if (remembered.value === "") showBanner();
})();
