import { readHealth } from "../flows/shop/read-health.ts";

/** For load balancers and people: 200 while the app can do its work, 503 otherwise. Says nothing about any shop. */
export async function loader() {
  const health = await readHealth();
  return Response.json(health, {
    status: health.status === "ok" ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
