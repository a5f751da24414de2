/*
What the pages use of Shopify's App Bridge (the `shopify` global that its script makes inside the admin). Everything
is optional: a page must be whole where the script is late or blocked.
*/

export interface ThemeBlockActivation {
  handle: string;
  name?: string;
  target: string;
  status: "active" | "available" | "unavailable";
}

export interface ExtensionInfo {
  handle: string;
  type: "ui_extension" | "theme_app_extension";
  activations: (ThemeBlockActivation | { target: string })[];
}

interface ToastOptions {
  duration?: number;
  isError?: boolean;
  action?: string;
  onAction?: () => void;
}

interface AppBridge {
  toast?: { show(message: string, options?: ToastOptions): void };
  loading?(loading: boolean): void;
  saveBar?: {
    show(id: string): Promise<void>;
    hide(id: string): Promise<void>;
    leaveConfirmation?(): Promise<void>;
  };
  app?: { extensions?(): Promise<ExtensionInfo[]> };
  resourcePicker?(options: {
    type: "collection";
    multiple: boolean;
    action: "select";
    selectionIds: { id: string }[];
  }): Promise<{ id: string; title: string }[] | undefined>;
  scopes?: {
    query?(): Promise<{ granted: readonly string[] }>;
    request(scopes: string[]): Promise<{ result: "granted-all" | "declined-all" }>;
  };
}

function appBridge(): AppBridge | undefined {
  return (globalThis as { shopify?: AppBridge }).shopify;
}

const TOAST_MS = 6000;

/** Says something at the foot of the admin for six seconds, with at most one thing to do about it. */
export function showToast(message: string, action?: { label: string; run: () => void }): void {
  appBridge()?.toast?.show(message, {
    duration: TOAST_MS,
    ...(action === undefined ? {} : { action: action.label, onAction: action.run }),
  });
}

/** Shows or hides the save bar element with this id. Does nothing outside the admin. */
export function toggleSaveBar(id: string, visible: boolean): void {
  const saveBar = appBridge()?.saveBar;
  if (saveBar === undefined) return;
  void Promise.resolve(visible ? saveBar.show(id) : saveBar.hide(id)).catch(() => undefined);
}

/** Lets the admin ask whether to give up what the save bar stands for. True where it has nothing to ask with. */
export async function confirmLeaving(): Promise<boolean> {
  try {
    await appBridge()?.saveBar?.leaveConfirmation?.();
    return true;
  } catch {
    return false;
  }
}

/** `asking` before Shopify has answered, `unknown` where it cannot say. */
export type BlockState = "asking" | "unknown" | "on" | "off";

/**
 * Whether a block of our theme extension is in the published theme, asked of Shopify. `unknown` where App Bridge
 * cannot say (outside the admin, or the request failed): a page then asks the merchant to look.
 */
export async function readThemeBlock(handle: string): Promise<Exclude<BlockState, "asking">> {
  try {
    const extensions = await appBridge()?.app?.extensions?.();
    if (extensions === undefined) return "unknown";
    const blocks = extensions
      .filter((extension) => extension.type === "theme_app_extension")
      .flatMap((extension) => extension.activations)
      .filter((activation): activation is ThemeBlockActivation => "handle" in activation);
    return blocks.some((block) => block.handle === handle && block.status === "active") ? "on" : "off";
  } catch {
    return "unknown";
  }
}

/**
 * Asks the merchant to let the app do more, in the admin's own dialog; what was granted before is not asked again.
 * `unknown` where App Bridge cannot ask: the server then says whether it is allowed.
 */
export async function requestScopes(...scopes: readonly string[]): Promise<"granted" | "declined" | "unknown"> {
  try {
    const answer = await appBridge()?.scopes?.request([...scopes]);
    if (answer === undefined) return "unknown";
    return answer.result === "granted-all" ? "granted" : "declined";
  } catch {
    return "unknown";
  }
}

/** Whether the merchant has granted all of these scopes; "unknown" where the admin does not say. */
export async function areScopesGranted(...scopes: readonly string[]): Promise<boolean | "unknown"> {
  try {
    const answer = await appBridge()?.scopes?.query?.();
    return answer === undefined ? "unknown" : scopes.every((scope) => answer.granted.includes(scope));
  } catch {
    return "unknown";
  }
}

/** Shows or hides the admin's own loading bar while the next page is on its way. */
export function toggleLoadingBar(loading: boolean): void {
  appBridge()?.loading?.(loading);
}

/** Collections that staff choose in the admin's own dialog, which shows what was chosen before; null where they cancel. */
export async function pickCollections(chosen: readonly string[]): Promise<{ id: string; title: string }[] | null> {
  try {
    const selectionIds = chosen.map((id) => ({ id }));
    const picked = await appBridge()?.resourcePicker?.({
      ...{ type: "collection", multiple: true, action: "select", selectionIds },
    });
    return picked?.map(({ id, title }) => ({ id, title })) ?? null;
  } catch {
    return null;
  }
}
