import type { Palette } from "./palette.ts";

/** Draws a thing into a square of 600, standing on a line at 470. The seed varies what may vary. */
export type Draw = (palette: Palette, seed: number) => string;

export const path = (d: string, fill: string, more = "") => `<path d="${d}" fill="${fill}"${more}/>`;
export const rect = (x: number, y: number, width: number, height: number, fill: string, radius = 0, more = "") =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"${more}/>`;
export const circle = (x: number, y: number, r: number, fill: string, more = "") =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"${more}/>`;
export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = "") =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"${more}/>`;
export const stroke = (d: string, colour: string, width: number) =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** A leaf with its vein, pointing up and to the right. */
export const leaf = (x: number, y: number, size: number, fill: string, vein: string) =>
  `<g transform="translate(${x} ${y}) rotate(40) scale(${size / 100})">` +
  path("M0 60C-46 20-36-40 0-70C36-40 46 20 0 60Z", fill) +
  `${stroke("M0 56V-44", vein, 5)}</g>`;

export const steam = (x: number, y: number, colour: string) =>
  `<g opacity=".7">${stroke(`M${x} ${y}q-16-26 0-50t0-50`, colour, 9)}${stroke(`M${x + 46} ${y}q-16-26 0-50t0-50`, colour, 9)}</g>`;

/** Glaze running down from a rim. */
export const glaze = (x: number, y: number, width: number, seed: number, fill: string) => {
  const step = width / 4;
  const drop = (index: number) => 26 + ((seed >>> (index * 3)) % 34);
  let d = `M${x} ${y}H${x + width}`;
  for (let index = 0; index < 4; index++) {
    const from = x + width - index * step;
    d += `v${drop(index)}q${-step / 2} 34 ${-step} 0V${y + 4}`;
    if (index < 3) d += `M${from - step} ${y}`;
  }
  return path(d, fill, ' opacity=".85"');
};
