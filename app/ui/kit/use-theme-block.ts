import { useEffect, useState } from "react";
import { type BlockState, readThemeBlock } from "./app-bridge.ts";

/** Whether a block is in the published theme; asked again whenever the merchant comes back, as from the theme editor. */
export function useThemeBlock(handle: string): BlockState {
  const [state, setState] = useState<BlockState>("asking");
  useEffect(() => {
    let current = true;
    const ask = () => {
      if (document.visibilityState !== "visible") return;
      void readThemeBlock(handle).then((answer) => {
        if (current) setState(answer);
      });
    };
    ask();
    document.addEventListener("visibilitychange", ask);
    return () => {
      current = false;
      document.removeEventListener("visibilitychange", ask);
    };
  }, [handle]);
  return state;
}
