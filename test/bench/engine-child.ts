import { writeModel } from "../../app/cli/model-directory.ts";
import { readBaskets } from "../../app/cli/read-baskets.ts";
import { buildModel } from "../../app/domain/mining/model/model.ts";
import { withWorkerPool } from "../../app/threads/worker-pool.ts";

/** One order file into a model directory, as `mine --out` does it; prints the most memory it held, as JSON. */
const [file, directory] = process.argv.slice(2);
const { table } = await readBaskets(file!, () => {});
writeModel(directory!, await withWorkerPool(table.items.length, (pool) => buildModel(table, { pool })));
process.stdout.write(JSON.stringify({ peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
