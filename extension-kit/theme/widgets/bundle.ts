import { RowWidget } from "../core/row-widget.ts";

/** A bundle on the page of a component: one button adds its own product. Its prices are as Liquid rendered them. */
export class Bundle extends RowWidget {
  protected override show() {
    this.showButton(this.at("add"));
  }
}
