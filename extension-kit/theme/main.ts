/** Entry of the theme extension's script: each widget is a custom element that Liquid has rendered. */
import { AddOns } from "./widgets/add-ons.ts";
import { BoughtTogether } from "./widgets/bought-together.ts";
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
  cart: CartSuggestions,
  drawer: Drawer,
  goal: GoalBar,
  mix: MixAndMatch,
  breaks: QuantityBreaks,
  subscription: Subscription,
  upgrade: Upgrade,
  xy: BuyXGetY,
};

for (const [key, widget] of Object.entries(WIDGETS)) {
  const name = `tsuide-${key}`;
  if (!customElements.get(name)) customElements.define(name, widget);
}
