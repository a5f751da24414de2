import type { TaskList } from "graphile-worker";
import type { FlowContext } from "../flows/context.ts";
import { scheduleNightlyWork } from "../flows/orders/reconcile.ts";
import { JOB_NAMES, runJob } from "./run-job.ts";

/** One task per job, and the one that adds every shop's nightly jobs. */
export function createTasks(context: FlowContext): TaskList {
  const tasks: TaskList = Object.fromEntries(
    JOB_NAMES.map((name) => [name, (payload: unknown) => runJob(name, payload, context)]),
  );
  tasks["schedule-nightly-work"] = () => scheduleNightlyWork(context);
  return tasks;
}

/** Half past three at night, UTC. Missed while no worker ran: made up for within a day. */
export const CRONTAB = "30 3 * * * schedule-nightly-work ?fill=1d&jobKey=schedule-nightly-work";
