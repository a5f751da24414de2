import { path, rect, circle, ellipse, stroke, leaf, type Draw } from "./drawing-parts.ts";

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

const filters: Draw = (p) =>
  path("M196 236h208l-56 220q-4 14-18 14h-60q-14 0-18-14z", p.light) +
  path("M214 214h208l-56 220q-4 14-18 14h-4l60-212H208z", p.ground) +
  [0, 1, 2, 3].map((line) => stroke(`M${236 + line * 44} 248l${24 - line * 14} 200`, p.accent, 3)).join("") +
  rect(190, 226, 220, 18, p.body, 6);

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

/** Tools and cloths of a kitchen. */
export const KITCHEN_SHAPES = {
  knife,
  board,
  pan,
  pot,
  whisk,
  strainer,
  filters,
  cloth,
  apron,
} as const satisfies Record<string, Draw>;
