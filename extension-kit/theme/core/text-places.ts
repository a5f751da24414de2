/**
 * Where each text stands in `data-texts` of its widget, as Liquid writes them. This file imports nothing, so that the
 * bundler puts the numbers in place of the names.
 */

/** The snippet `tsuide-adding-texts`: behind a widget's own texts, so counted from the end. */
export const ADDED = -8;
export const ADDING = -7;
export const PARTLY = -6;
export const PRICE_CHANGED = -5;
export const REFUSED = -4;
export const SLOW = -3;
export const UNSURE = -2;
export const VIEW_CART = -1;

/** Bought together. */
export const SET_ADD = 0;
export const SET_ADD_ALL = 1;
export const SET_ALL_IN_CART = 2;
export const SET_ALL_TOGETHER = 3;
export const SET_TOTAL = 4;
export const SET_IN_CART = 5;
export const SET_SAVING = 6;

/** Buy X get Y. */
export const XY_SAVING = 0;

/** Mix and match. */
export const MIX_MORE = 0;
export const MIX_SAVING = 1;

/** Quantity breaks. */
export const BREAK_EACH = 0;
export const BREAK_TOTAL = 1;
export const BREAK_IN_CART = 2;
export const BREAK_NEXT = 3;
export const BREAK_SAVING_EACH = 4;
export const BREAK_SAVING = 5;

/** The subscription beside a product: the second only where its price changes. In the cart, the texts of an upgrade there. */
export const SUBSCRIPTION_SAVE = 0;
export const SUBSCRIPTION_LATER = 1;

/** The upgrade: beside a product the first one only, in the cart all of them. */
export const UPGRADE_MORE = 0;
export const UPGRADE_REFUSED = 1;
export const UPGRADE_UNSURE = 2;
export const UPGRADE_REPLACED = 3;
export const UPGRADE_UNDONE = 4;
