/** Letters of rewards in compact rules. */
export const PERCENT: i32 = 112; // p, basis points off each unit
export const AMOUNT_OFF: i32 = 97; // a, minor units off a whole set, or off each unit of a tier
export const FIXED_PRICE: i32 = 117; // u, minor units that a whole set or group, or each unit of a tier, costs
export const FREE_SHIPPING: i32 = 115; // s, nothing off prices: with a whole set the order ships for free
