import type { StoreContext } from "../state.ts";

export async function handleAdminFrame(_request: Request, _context: StoreContext): Promise<Response | null> {
  return null;
}
