import { claimOf } from "../core/adding-widget.ts";
import { joinAdditions } from "../core/join-addition.ts";
import { Widget } from "../core/widget.ts";

/** Add-ons: what is ticked is added with the page's product, whichever way the theme adds that. */
export class AddOns extends Widget {
  protected start() {
    joinAdditions();
  }

  override linesFor(variant: string, quantity: number) {
    if (!this.dataset.variants!.split(",").includes(variant)) return [];
    const ticked = this.all<HTMLInputElement>("tick").filter(({ checked }) => checked);
    if (ticked[0]) this.did("added");
    return ticked.map((tick) => ({
      // Where there are variants to choose from, a select stands behind the label.
      id: Number((tick.parentElement!.nextElementSibling as HTMLSelectElement | null)?.value ?? tick.value),
      parent_id: Number(variant),
      quantity,
      properties: { _tsuide: claimOf(this)! },
    }));
  }
}
