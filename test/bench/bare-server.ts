/** The least that a server can do with a webhook: `bare-server.ts PORT` reads each body and answers 200. */
import { createServer } from "node:http";

createServer((request, response) => {
  request.resume().on("end", () => response.end());
}).listen(Number(process.argv[2]), "127.0.0.1");
