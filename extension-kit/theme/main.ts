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

const WIDGETS = {
  "tsuide-add-on": AddOns,
  "tsuide-set": BoughtTogether,
  "tsuide-cart": CartSuggestions,
  "tsuide-drawer": Drawer,
  "tsuide-goal": GoalBar,
  "tsuide-mix": MixAndMatch,
  "tsuide-breaks": QuantityBreaks,
  "tsuide-subscription": Subscription,
  "tsuide-upgrade": Upgrade,
  "tsuide-xy": BuyXGetY,
};

for (const [name, widget] of Object.entries(WIDGETS)) {
  if (!customElements.get(name)) customElements.define(name, widget);
}
