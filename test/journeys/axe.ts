import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResult {
  id: string;
  nodes: { html: string }[];
}

/** What axe-core finds in the elements of a selector, in words. */
export async function axeViolations(page: Page, where: string): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async (selector) => {
    const { axe } = window as unknown as { axe: { run(where: string): Promise<{ violations: AxeResult[] }> } };
    const found = await axe.run(selector);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }, where);
}
