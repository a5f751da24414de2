/** Entry of the theme extension's script: each widget is a custom element that Liquid has rendered. */
import { BoughtTogether } from "./widgets/bought-together.ts";
import { GoalBar } from "./widgets/goal-bar.ts";

const WIDGETS = { "tsuide-set": BoughtTogether, "tsuide-goal": GoalBar };

for (const [name, widget] of Object.entries(WIDGETS)) {
  if (!customElements.get(name)) customElements.define(name, widget);
}
