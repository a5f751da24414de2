import { expect, test } from "vitest";
import { loadOr } from "./load-or.ts";

const load = loadOr({ list: null, failed: true });

test("gives what the server answers, and the fallback where it does not", async () => {
  expect(await load({ serverLoader: <T>() => Promise.resolve({ list: [1] } as T) })).toEqual({ list: [1] });
  for (const failure of [new TypeError("Failed to fetch"), new Response(null, { status: 500 })]) {
    expect(await load({ serverLoader: () => Promise.reject(failure) })).toEqual({ list: null, failed: true });
  }
});

test("lets a redirect pass: the sign-in has to be seen", async () => {
  const redirect = new Response(null, { status: 302 });
  await expect(load({ serverLoader: () => Promise.reject(redirect) })).rejects.toBe(redirect);
});
