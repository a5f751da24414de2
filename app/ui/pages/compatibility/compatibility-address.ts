/** Where staff state what goes only with what. */
export const COMPATIBILITY = "/app/compatibility";
