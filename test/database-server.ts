/** Starts PostgreSQL once for a whole test run (filled in with the set-up scripts). */
export default function setup(): void {}
