/** Entry of the theme extension's script: each widget is a custom element that Liquid has rendered. */
import { RowWidget } from "./core/row-widget.ts";
import { writeArms } from "./core/split.ts";
import { loadTexts } from "./core/texts.ts";
import { watchPage } from "./core/product-form.ts";
import { watchCart } from "./core/watch-cart.ts";
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
  // One row, whose button adds the bundle's own product, at the prices that Liquid has rendered.
  bundle: RowWidget,
  cart: CartSuggestions,
  drawer: Drawer,
  goal: GoalBar,
  mix: MixAndMatch,
  breaks: QuantityBreaks,
  subscription: Subscription,
  upgrade: Upgrade,
  xy: BuyXGetY,
};

writeArms();
watchCart();
watchPage();

/** Without their texts the widgets stay as Liquid has rendered them. Shopify runs the script once the page is parsed. */
void loadTexts((document.currentScript as HTMLScriptElement).src).then((loaded) => {
  if (!loaded) return;
  for (const [name, widget] of Object.entries(WIDGETS)) customElements.define(`tsuide-${name}`, widget);
});
