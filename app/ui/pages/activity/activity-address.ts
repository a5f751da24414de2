/** The address of the page of what staff changed. */
export const ACTIVITY = "/app/activity";
