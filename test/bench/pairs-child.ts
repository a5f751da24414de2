/** The process that `bench pairs` measures from start to exit: prints what it counted and the most memory it held. */
import { tallyOrderFile } from "../../app/cli/tally-order-file.ts";

const [path, minTogether] = process.argv.slice(2);
const { pairs, sum } = await tallyOrderFile(path!, Number(minTogether));
process.stdout.write(`${JSON.stringify({ pairs, sum, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`);
process.exit(0);
