import { useEffect, useRef } from "react";

/**
 * Announces each answer of a fetcher once. `data`: its latest one. What had come before the component appeared was announced
 * by whoever asked for it.
 */
export function useNewAnswer<Answer>(data: Answer | undefined, announce: (answer: Answer) => void): void {
  const announced = useRef(data);
  useEffect(() => {
    if (data === undefined || data === announced.current) return;
    announced.current = data;
    announce(data);
  });
}
