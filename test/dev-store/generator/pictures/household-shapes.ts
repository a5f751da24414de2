import { path, rect, circle, ellipse, stroke, leaf, glaze, type Draw } from "./drawing-parts.ts";

const book: Draw = (p) =>
  `<g transform="rotate(-6 300 320)">` +
  rect(196, 160, 226, 310, p.dark, 10) +
  rect(188, 154, 220, 306, p.body, 10) +
  rect(188, 154, 30, 306, p.dark, 8) +
  rect(240, 206, 144, 92, p.ground, 6) +
  stroke("M262 236h100M262 262h66", p.dark, 8) +
  `${leaf(312, 386, 70, p.light, p.body)}</g>`;

const card: Draw = (p) =>
  `<g transform="rotate(-7 300 320)">` +
  rect(130, 210, 340, 220, p.body, 24) +
  rect(130, 262, 340, 34, p.dark) +
  path("M262 210h34v220h-34z", p.accent) +
  path("M279 236q-70-70-78-20t78 20q70-70 78-20t-78 20z", p.accent) +
  `${stroke("M330 372h104M330 398h66", p.light, 10)}</g>`;

const box: Draw = (p) =>
  rect(160, 262, 280, 206, p.body, 10) +
  rect(146, 218, 308, 62, p.dark, 10) +
  rect(278, 218, 44, 250, p.accent) +
  path("M300 216q-96-92-108-26t108 26q96-92 108-26t-108 26z", p.accent) +
  rect(160, 280, 280, 14, p.dark, 0, ' opacity=".25"');

const candle: Draw = (p) =>
  rect(214, 260, 172, 210, p.body, 22) +
  ellipse(300, 262, 86, 20, p.light) +
  stroke("M300 262v-30", p.dark, 7) +
  path("M300 138q44 54 24 84q-24 22-48 0q-20-30 24-84z", p.accent) +
  rect(240, 336, 120, 74, p.ground, 8) +
  stroke("M262 364h76M262 386h48", p.dark, 6);

const vase: Draw = (p, seed) =>
  stroke("M300 250q-10-80-60-120M300 250q6-90 62-130M300 250V110", p.dark, 6) +
  leaf(236, 130, 50, p.light, p.dark) +
  leaf(362, 122, 46, p.light, p.dark) +
  circle(300, 108, 22, p.accent) +
  path("M262 236h76q-8 54 34 96q40 60-10 140H238q-50-80-10-140q42-42 34-96z", p.body) +
  glaze(250, 296, 100, seed, p.light);

const lantern: Draw = (p) =>
  stroke("M246 176q54-86 108 0", p.dark, 10) +
  path("M210 212l90-60 90 60z", p.dark) +
  rect(220, 208, 160, 232, p.ground, 6, ` stroke="${p.body}" stroke-width="16"`) +
  rect(196, 434, 208, 34, p.dark, 8) +
  rect(278, 340, 44, 94, p.light, 6) +
  path("M300 272q28 36 14 58q-14 14-28 0q-14-22 14-58z", p.accent);

const heart: Draw = (p) =>
  stroke("M300 96v96", p.accent, 8) +
  path("M300 450C150 350 150 220 232 206q48-4 68 46q20-50 68-46c82 14 82 144-68 244z", p.body) +
  path("M232 236q-34 12-26 70", "none", ` stroke="${p.light}" stroke-width="12" stroke-linecap="round"`);

const clock: Draw = (p) =>
  circle(232, 190, 34, p.dark) +
  circle(368, 190, 34, p.dark) +
  circle(300, 330, 144, p.body) +
  circle(300, 330, 112, p.ground) +
  stroke("M300 330v-74M300 330l52 34", p.dark, 12) +
  circle(300, 330, 11, p.accent) +
  stroke("M214 440l-26 36M386 440l26 36", p.dark, 18);

const tote: Draw = (p, seed) =>
  stroke("M244 250q-6-120 56-120t56 120", p.dark, 16) +
  path("M180 240h240l18 220q0 14-14 14H176q-14 0-14-14z", p.body) +
  (seed % 2 ? circle(300, 356, 54, p.light) + circle(300, 356, 30, p.accent) : leaf(300, 360, 90, p.light, p.body));

const frame: Draw = (p) =>
  rect(176, 152, 248, 318, p.dark, 10) +
  rect(198, 174, 204, 274, p.ground, 4) +
  path("M198 448V380l62-70 50 56 34-36 58 62v56z", p.body) +
  circle(344, 244, 28, p.accent);

const toy: Draw = (p) =>
  circle(234, 208, 40, p.body) +
  circle(366, 208, 40, p.body) +
  circle(300, 266, 96, p.body) +
  ellipse(300, 412, 92, 70, p.body) +
  ellipse(300, 418, 54, 46, p.light) +
  ellipse(300, 296, 42, 32, p.light) +
  circle(266, 250, 10, p.dark) +
  circle(334, 250, 10, p.dark) +
  ellipse(300, 282, 14, 10, p.dark);

const paper: Draw = (p, seed) =>
  `<g transform="rotate(-10 300 320)">` +
  rect(214, 170, 210, 290, p.light, 6) +
  `</g><g transform="rotate(5 300 320)">` +
  rect(190, 180, 210, 290, p.body, 6) +
  [0, 1, 2, 3, 4, 5]
    .map((row) => circle(224 + ((row * 67 + seed) % 150), 216 + row * 44, 14, row % 2 ? p.accent : p.light))
    .join("") +
  `</g>`;

const garland: Draw = (p) =>
  stroke("M90 220q210 130 420 0", p.dark, 6) +
  [0, 1, 2, 3, 4]
    .map((flag) => {
      const x = 128 + flag * 78;
      const y = 244 + [0, 22, 30, 22, 0][flag]!;
      return path(`M${x} ${y}h62l-31 96z`, [p.body, p.accent, p.light][flag % 3] as string);
    })
    .join("");

/** Gifts, paper, lights and toys. */
export const HOUSEHOLD_SHAPES = {
  book,
  card,
  box,
  candle,
  vase,
  lantern,
  heart,
  clock,
  tote,
  frame,
  toy,
  paper,
  garland,
} as const satisfies Record<string, Draw>;
