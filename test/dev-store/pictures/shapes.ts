import type { Palette } from "./palette.ts";

type Draw = (palette: Palette, seed: number) => string;

const path = (d: string, fill: string, more = "") => `<path d="${d}" fill="${fill}"${more}/>`;
const rect = (x: number, y: number, width: number, height: number, fill: string, radius = 0, more = "") =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"${more}/>`;
const circle = (x: number, y: number, r: number, fill: string, more = "") =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"${more}/>`;
const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = "") =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"${more}/>`;
const stroke = (d: string, colour: string, width: number) =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** A leaf with its vein, pointing up and to the right. */
const leaf = (x: number, y: number, size: number, fill: string, vein: string) =>
  `<g transform="translate(${x} ${y}) rotate(40) scale(${size / 100})">` +
  path("M0 60C-46 20-36-40 0-70C36-40 46 20 0 60Z", fill) +
  `${stroke("M0 56V-44", vein, 5)}</g>`;

const steam = (x: number, y: number, colour: string) =>
  `<g opacity=".7">${stroke(`M${x} ${y}q-16-26 0-50t0-50`, colour, 9)}${stroke(`M${x + 46} ${y}q-16-26 0-50t0-50`, colour, 9)}</g>`;

/** Glaze running down from a rim. */
const glaze = (x: number, y: number, width: number, seed: number, fill: string) => {
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

const tin: Draw = (p) =>
  rect(205, 190, 190, 280, p.body, 14) +
  rect(195, 160, 210, 56, p.dark, 12) +
  rect(195, 176, 210, 8, p.accent) +
  rect(228, 262, 144, 150, p.light, 8) +
  leaf(300, 338, 78, p.body, p.light) +
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

const knife: Draw = (p) =>
  `<g transform="rotate(-32 300 320)">` +
  path("M96 306q140-44 250-44v92H150q-40 0-54-48z", "#c9d2d6") +
  path("M96 306q20 48 54 48h196v-20H160q-40-2-64-28z", "#eef2f3") +
  rect(340, 268, 34, 80, p.accent, 6) +
  rect(370, 272, 150, 70, p.body, 26) +
  circle(410, 307, 7, p.light) +
  `${circle(470, 307, 7, p.light)}</g>`;

const board: Draw = (p, seed) =>
  `<g transform="rotate(-8 300 320)">` +
  rect(160, 200, 290, 250, p.light, 26) +
  rect(160, 200, 290, 250, p.body, 26, ' opacity=".35"') +
  circle(412, 238, 17, p.ground) +
  [0, 1, 2, 3]
    .map((line) => stroke(`M190 ${262 + line * 46}q120 ${((seed >>> line) % 30) - 15} 230 0`, p.body, 4))
    .join("") +
  `</g>`;

const pan: Draw = (p) =>
  `<g transform="rotate(-16 300 330)">` +
  rect(400, 316, 176, 32, p.dark, 16) +
  ellipse(270, 336, 164, 118, p.dark) +
  ellipse(270, 322, 164, 112, p.body) +
  ellipse(270, 322, 132, 86, p.dark) +
  `${ellipse(238, 296, 62, 26, p.light, ' opacity=".25"')}</g>`;

const pot: Draw = (p, seed) =>
  rect(120, 318, 60, 30, p.dark, 14) +
  rect(420, 318, 60, 30, p.dark, 14) +
  path("M154 300h292v96q0 76-76 76H230q-76 0-76-76z", p.body) +
  path("M150 302q150-104 300 0z", p.dark) +
  rect(146, 292, 308, 22, p.light, 11) +
  rect(276, 218, 48, 26, p.accent, 12) +
  leaf(276 + (seed % 40), 400, 60, p.light, p.body);

const chopsticks: Draw = (p) =>
  `<g transform="rotate(34 300 320)">` +
  path("M262 120h26l-8 380h-10z", p.body) +
  path("M312 120h26l-8 380h-10z", p.body) +
  rect(260, 150, 30, 20, p.accent) +
  rect(310, 150, 30, 20, p.accent) +
  rect(261, 184, 28, 10, p.light) +
  `${rect(311, 184, 28, 10, p.light)}</g>` +
  ellipse(214, 452, 46, 16, p.dark);

const bento: Draw = (p) =>
  rect(158, 344, 284, 124, p.body, 26) +
  rect(158, 252, 284, 112, p.light, 26) +
  rect(150, 232, 300, 50, p.dark, 22) +
  rect(284, 222, 36, 252, p.accent, 8, ' opacity=".9"') +
  circle(220, 410, 15, p.light) +
  circle(390, 410, 15, p.light);

const cloth: Draw = (p, seed) => {
  const dots = [];
  for (let row = 0; row < 5; row++) {
    for (let column = 0; column < 4; column++) {
      const x = 216 + column * 56 + (row % 2) * 26;
      const y = 222 + row * 50;
      dots.push(
        seed % 3 === 0
          ? circle(x, y, 13, p.light)
          : seed % 3 === 1
            ? leaf(x, y, 24, p.light, p.body)
            : stroke(`M${x - 20} ${y}q20-26 40 0`, p.light, 6),
      );
    }
  }
  return (
    path("M176 176h248v262q-62 36-124 10t-124 12z", p.body) +
    dots.join("") +
    path("M176 176h248v24H176z", p.dark) +
    path("M424 176l26 20v240l-26 8z", p.dark, ' opacity=".5"')
  );
};

const apron: Draw = (p) =>
  stroke("M244 196q56-84 112 0", p.dark, 12) +
  path("M240 190h120l18 100q40 24 44 64v110q0 12-12 12H190q-12 0-12-12V354q4-40 44-64z", p.body) +
  rect(242, 356, 116, 76, p.light, 10) +
  stroke("M178 350h-44M422 350h44", p.dark, 12) +
  stroke("M300 356v76", p.body, 4);

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

const whisk: Draw = (p) => {
  const tines = [];
  for (let index = 0; index < 9; index++)
    tines.push(
      stroke(
        `M${276 + index * 6} 296C${214 + index * 21} 360 ${206 + index * 23} 410 ${252 + index * 12} 466`,
        index % 2 ? p.accent : p.light,
        7,
      ),
    );
  return (
    rect(262, 130, 76, 170, p.light, 14) +
    rect(262, 130, 76, 20, p.accent, 8) +
    tines.join("") +
    rect(258, 282, 84, 20, p.dark, 6)
  );
};

const strainer: Draw = (p) =>
  rect(388, 302, 150, 24, p.dark, 12) +
  path("M162 312h244q-10 140-122 140T162 312z", p.light) +
  [0, 1, 2, 3, 4].map((line) => stroke(`M${196 + line * 44} 318q6 70 ${60 - line * 22} 122`, p.body, 3)).join("") +
  [0, 1, 2].map((line) => stroke(`M${176 + line * 12} ${350 + line * 34}h${216 - line * 26}`, p.body, 3)).join("") +
  rect(152, 296, 264, 26, p.body, 13);

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

const filters: Draw = (p) =>
  path("M196 236h208l-56 220q-4 14-18 14h-60q-14 0-18-14z", p.light) +
  path("M214 214h208l-56 220q-4 14-18 14h-4l60-212H208z", p.ground) +
  [0, 1, 2, 3].map((line) => stroke(`M${236 + line * 44} 248l${24 - line * 14} 200`, p.accent, 3)).join("") +
  rect(190, 226, 220, 18, p.body, 6);

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

export const SHAPES = {
  tin,
  bag,
  teapot,
  kyusu,
  cup,
  mug,
  bowl,
  plate,
  kettle,
  knife,
  board,
  pan,
  pot,
  chopsticks,
  bento,
  cloth,
  apron,
  jar,
  bottle,
  whisk,
  strainer,
  book,
  card,
  box,
  filters,
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

export type ShapeName = keyof typeof SHAPES;
