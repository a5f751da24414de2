/** The address of the simulator. */
export const SIMULATOR = "/app/simulator";
/** Finds variants by words. */
export const VARIANT_SEARCH = "/app/variants";
