import { pino, type DestinationStream, type Logger } from "pino";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error">;

/** What never reaches a log line, wherever in an object it stands. */
const SECRET = [
  "accessToken",
  "refreshToken",
  "access_token",
  "refresh_token",
  "apiSecret",
  "authorization",
  "customer",
  "customerId",
  "customerKey",
  "email",
  "phone",
];

/** One JSON line per event on standard output. Tokens and customers are left out even where a caller forgets to. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const paths = SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options = { level, base: null, redact: { paths, remove: true } };
  return destination === undefined ? pino(options) : pino(options, destination);
}
