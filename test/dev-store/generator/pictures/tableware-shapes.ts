import { circle, ellipse, glaze, leaf, path, rect, steam, stroke, type Draw } from "./drawing-parts.ts";
import type { Palette } from "./palette.ts";

/** What is printed on a tin: a leaf, hills with a sun, or a flower. */
const label = (p: Palette, seed: number): string => {
  if (seed % 3 === 0) return leaf(300, 338, 78, p.body, p.light);
  if (seed % 3 === 1) {
    return circle(334, 304, 18, p.accent) + path("M238 404q40-70 74-30q22-44 50 2v28z", p.body);
  }
  const petals = [0, 72, 144, 216, 288].map((turn) =>
    ellipse(300, 310, 15, 26, p.body, ` transform="rotate(${turn} 300 338)"`),
  );
  return petals.join("") + circle(300, 338, 13, p.accent);
};

const tin: Draw = (p, seed) =>
  rect(205, 190, 190, 280, p.body, 14) +
  rect(195, 160, 210, 56, p.dark, 12) +
  rect(195, 176, 210, 8, p.accent) +
  rect(228, 262, 144, 150, p.light, 8) +
  label(p, seed) +
  rect(205, 190, 34, 280, p.light, 14, ' opacity=".25"');

const bag: Draw = (p) =>
  path("M190 180l20-24h180l20 24-8 282q0 10-12 10H210q-12 0-12-10z", p.body) +
  path("M190 180h220l-2 34H192z", p.dark) +
  rect(232, 256, 136, 140, p.ground, 68) +
  ellipse(282, 326, 24, 36, p.dark, ' transform="rotate(-24 282 326)"') +
  ellipse(322, 330, 22, 34, p.dark, ' transform="rotate(18 322 330)"') +
  stroke("M276 296q14 28 6 58", p.ground, 5) +
  stroke("M326 300q-12 28-2 58", p.ground, 5) +
  rect(382, 196, 30, 20, p.accent, 4);

const teapot: Draw = (p, seed) =>
  stroke("M396 292q92-8 88 62q-4 62-96 56", p.dark, 24) +
  path("M216 330q-70-8-92-76l-26 10q24 116 118 138z", p.dark) +
  path("M180 350q0-100 120-100t120 100q0 112-120 112T180 350z", p.body) +
  glaze(214, 268, 172, seed, p.light) +
  path("M220 262q80-34 160 0l-8 14H228z", p.dark) +
  circle(300, 232, 20, p.accent) +
  path("M206 340q6-60 60-78q-40 60-22 150q-44-16-38-72z", p.light, ' opacity=".35"');

const kyusu: Draw = (p, seed) =>
  rect(384, 322, 132, 40, p.dark, 18, ' transform="rotate(-12 384 340)"') +
  path("M206 318l-84-58-10 22 86 88z", p.dark) +
  path("M176 350q0-88 124-88t124 88q0 112-124 112T176 350z", p.body) +
  glaze(206, 278, 188, seed, p.light) +
  path("M214 272q86-32 172 0l-8 14H222z", p.dark) +
  ellipse(300, 242, 24, 18, p.accent);

const cup: Draw = (p, seed) =>
  path("M214 250h172l-14 190q-4 30-36 30h-72q-32 0-36-30z", p.body) +
  ellipse(300, 250, 86, 22, p.dark) +
  ellipse(300, 252, 70, 15, p.accent) +
  glaze(216, 262, 168, seed, p.light) +
  steam(276, 216, p.light);

const mug: Draw = (p, seed) =>
  stroke("M388 286q78-6 76 62q-2 64-86 58", p.dark, 26) +
  path("M196 236h196v196q0 38-38 38H234q-38 0-38-38z", p.body) +
  ellipse(294, 236, 98, 22, p.dark) +
  ellipse(294, 239, 80, 15, p.accent) +
  glaze(198, 254, 192, seed, p.light) +
  rect(212, 270, 20, 150, p.light, 10, ' opacity=".4"');

const bowl: Draw = (p, seed) =>
  path("M150 286h300q-6 130-96 168h-108q-90-38-96-168z", p.body) +
  rect(244, 450, 112, 24, p.dark, 8) +
  ellipse(300, 286, 150, 32, p.dark) +
  ellipse(300, 290, 128, 23, p.light) +
  glaze(172, 306, 256, seed, p.light);

const plate: Draw = (p, seed) =>
  ellipse(300, 360, 200, 104, p.dark, ' opacity=".25"') +
  ellipse(300, 346, 200, 104, p.body) +
  ellipse(300, 342, 146, 72, p.light) +
  ellipse(300, 342, 126, 60, p.body, ' opacity=".35"') +
  leaf(286 + (seed % 30), 350, 66, p.accent, p.light);

const kettle: Draw = (p) =>
  stroke("M210 250q90-140 180 0", p.dark, 20) +
  path("M404 330q70-10 76-104l24 4q4 140-92 168z", p.dark) +
  path("M172 460q-10-196 128-206q138 10 128 206q0 12-14 12H186q-14 0-14-12z", p.body) +
  ellipse(300, 258, 68, 16, p.dark) +
  circle(300, 234, 17, p.accent) +
  path("M198 440q-2-120 54-160q-22 70-14 160z", p.light, ' opacity=".5"');

const jar: Draw = (p, seed) =>
  rect(212, 214, 176, 256, p.body, 30) +
  rect(212, 214, 176, 92, p.light, 30, ' opacity=".55"') +
  rect(222, 166, 156, 58, p.accent, 12) +
  rect(236, 306, 128, 106, p.ground, 8) +
  circle(282 + (seed % 20), 358, 24, p.body) +
  circle(322, 370, 15, p.dark) +
  stroke("M300 334q14-26 34-20", p.dark, 6);

const bottle: Draw = (p) =>
  path("M270 130h60v74q52 30 52 92v156q0 20-20 20H238q-20 0-20-20V296q0-62 52-92z", p.body) +
  rect(264, 110, 72, 44, p.accent, 8) +
  rect(232, 312, 136, 104, p.ground, 6) +
  stroke("M256 346h88M256 372h60", p.dark, 8) +
  rect(232, 250, 18, 190, p.light, 9, ' opacity=".5"');

const bento: Draw = (p) =>
  rect(158, 344, 284, 124, p.body, 26) +
  rect(158, 252, 284, 112, p.light, 26) +
  rect(150, 232, 300, 50, p.dark, 22) +
  rect(284, 222, 36, 252, p.accent, 8, ' opacity=".9"') +
  circle(220, 410, 15, p.light) +
  circle(390, 410, 15, p.light);

const chopsticks: Draw = (p) =>
  `<g transform="rotate(34 300 320)">` +
  path("M262 120h26l-8 380h-10z", p.body) +
  path("M312 120h26l-8 380h-10z", p.body) +
  rect(260, 150, 30, 20, p.accent) +
  rect(310, 150, 30, 20, p.accent) +
  rect(261, 184, 28, 10, p.light) +
  `${rect(311, 184, 28, 10, p.light)}</g>` +
  ellipse(214, 452, 46, 16, p.dark);

/** What stands on a table, and what it is filled from. */
export const TABLEWARE_SHAPES = {
  tin,
  bag,
  teapot,
  kyusu,
  cup,
  mug,
  bowl,
  plate,
  kettle,
  jar,
  bottle,
  bento,
  chopsticks,
} as const satisfies Record<string, Draw>;
