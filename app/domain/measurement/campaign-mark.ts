import { hashOf } from "./experiments/slot.ts";

/**
 * The number that stands for a parameter of an address with its value, as in "utm_campaign=Summer"; capital letters do not
 * matter. Pages name campaigns by these numbers alone: no visitor reads in them what else the shop runs, and no text of a
 * merchant or of an address comes into a script or a style. The script in the page's head does the same.
 */
export const campaignMark = (parameter: string, value: string) => hashOf(parameter, value.toLowerCase());
