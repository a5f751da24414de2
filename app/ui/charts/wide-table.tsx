import type { ReactNode } from "react";
import "./charts.css";

/** Gives a table room to scroll sideways where there is too little of it, also by keyboard. `label`: what it is of. */
export function WideTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="tsuide-wide-table" tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
