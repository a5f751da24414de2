import type { SimulatedQuery } from "../../../domain/simulation/simulated-query.ts";
import type { SimulatorView } from "../../../views/simulator-view.ts";

/** Changes a part of what is asked. */
export type ChangeQuery = (change: Partial<SimulatedQuery>) => void;

/** What every card of the simulator's form is given. */
export interface QueryProps {
  /** The latest answer. */
  view: SimulatorView;
  /** What is asked now: the answer to it may be on its way. */
  query: SimulatedQuery;
  onChange: ChangeQuery;
}
