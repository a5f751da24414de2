import { useState } from "react";

/** `busy`: the server makes as many files at once as it can, and asks to try again. */
export type DownloadState = "idle" | "running" | "failed" | "busy";

const BUSY = 503;
const FILE_NAME = /filename="([^"]+)"/;

/**
 * Saves what an address of ours answers as a file. It is asked for by `fetch`, which carries the session of the admin:
 * inside its frame a plain link would carry none. A file that breaks off is not saved.
 */
export function useDownload(): { download: (address: string) => void; state: DownloadState } {
  const [state, setState] = useState<DownloadState>("idle");
  const download = (address: string) => {
    if (state === "running") return;
    setState("running");
    saveFile(address).then(setState, () => setState("failed"));
  };
  return { download, state };
}

async function saveFile(address: string): Promise<DownloadState> {
  const response = await fetch(address);
  if (response.status === BUSY) return "busy";
  const name = FILE_NAME.exec(response.headers.get("content-disposition") ?? "")?.[1];
  if (!response.ok || name === undefined) return "failed";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  // The browser needs the address until it has begun to save.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return "idle";
}
