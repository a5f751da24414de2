import { useEffect, useRef, useState } from "react";

const TYPING_PAUSE_MS = 300;

/** What is being typed into a search field, and its setter; `onSearch` is called when the typing pauses. */
export function useTypedSearch(
  searched: string,
  onSearch: (search: string) => void,
): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(searched);
  const latest = useRef({ searched, onSearch });
  latest.current = { searched, onSearch };
  useEffect(() => {
    if (typed === latest.current.searched) return;
    const timer = setTimeout(() => latest.current.onSearch(typed), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped];
}
