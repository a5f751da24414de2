/** All that the surfaces share with the app: rules and money, no I/O. Nothing else in here or in `extensions/` imports `app/`. */
export { discountedPriceMinor } from "../app/domain/pricing/price.ts";
