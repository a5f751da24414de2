/** Entry of the theme extension's script: each widget is a custom element that Liquid has rendered. */
import { loadTexts } from "./core/texts.ts";
import { AddOns } from "./widgets/add-ons.ts";
import { BoughtTogether } from "./widgets/bought-together.ts";
import { Bundle } from "./widgets/bundle.ts";
import { CartSuggestions } from "./widgets/cart-suggestions.ts";
import { Drawer } from "./widgets/drawer.ts";
import { BuyXGetY } from "./widgets/buy-x-get-y.ts";
import { GoalBar } from "./widgets/goal-bar.ts";
import { MixAndMatch } from "./widgets/mix-and-match.ts";
import { QuantityBreaks } from "./widgets/quantity-breaks.ts";
import { Subscription } from "./widgets/subscription.ts";
import { Upgrade } from "./widgets/upgrade.ts";

/** By the names of their elements, without `tsuide-`. */
const WIDGETS = {
  "add-on": AddOns,
  set: BoughtTogether,
  bundle: Bundle,
  cart: CartSuggestions,
  drawer: Drawer,
  goal: GoalBar,
  mix: MixAndMatch,
  breaks: QuantityBreaks,
  subscription: Subscription,
  upgrade: Upgrade,
  xy: BuyXGetY,
};

/** Without their texts the widgets stay as Liquid has rendered them. */
void loadTexts((document.currentScript as HTMLScriptElement).src).then((loaded) => {
  if (!loaded) return;
  for (const [name, widget] of Object.entries(WIDGETS)) customElements.define(`tsuide-${name}`, widget);
});
