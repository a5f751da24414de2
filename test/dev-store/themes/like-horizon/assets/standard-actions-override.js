// This theme's own handling of Shopify's standard actions: events come from the drawer, and the cart opens there.
const drawer = () => document.querySelector("theme-drawer#cart-drawer");

window.Shopify.actions.updateCart.configure({ eventTarget: () => drawer() ?? document });
window.Shopify.actions.openCart.configure({
  async handler() {
    if (drawer()?.open) drawer().open();
    else window.location.assign(`${window.Shopify.routes.root}cart`);
  },
});
