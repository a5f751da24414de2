/** Colours that go together; every picture takes its ground, its thing and its detail from one of these. */
export interface Palette {
  ground: string;
  shade: string;
  body: string;
  dark: string;
  light: string;
  accent: string;
}

const PALETTES: Readonly<Record<string, Palette>> = {
  green: { ground: "#eef2e6", shade: "#dde5cf", body: "#7d9a5f", dark: "#53703c", light: "#b6cb9b", accent: "#e0b354" },
  brown: { ground: "#f5ede3", shade: "#e8dac8", body: "#a9744f", dark: "#744a30", light: "#d3a983", accent: "#eac78a" },
  red: { ground: "#f8ece8", shade: "#efd8d0", body: "#bf5a4a", dark: "#8a3a2f", light: "#e39a8b", accent: "#f0c987" },
  blue: { ground: "#e9eff3", shade: "#d5e0e8", body: "#4f7896", dark: "#2f5370", light: "#9bbdd3", accent: "#f2d9a0" },
  indigo: {
    ground: "#ebecf4",
    shade: "#d8daea",
    body: "#4c5585",
    dark: "#313860",
    light: "#9aa2cd",
    accent: "#f3d7b0",
  },
  grey: { ground: "#f0efec", shade: "#e0deda", body: "#8b8a86", dark: "#5b5a57", light: "#c3c1bc", accent: "#d9a45b" },
  cream: { ground: "#f1eadd", shade: "#e3d8c4", body: "#fbf6ea", dark: "#b9a789", light: "#fffdf7", accent: "#c98b5e" },
  pink: { ground: "#faeef0", shade: "#f3dbe0", body: "#d98a9c", dark: "#a85a6e", light: "#f2bfca", accent: "#f3d48f" },
  yellow: {
    ground: "#fbf3de",
    shade: "#f2e4bd",
    body: "#dfae3f",
    dark: "#a67a1f",
    light: "#f3d588",
    accent: "#b9573f",
  },
  purple: {
    ground: "#f2edf4",
    shade: "#e2d7e8",
    body: "#85648f",
    dark: "#5c4166",
    light: "#bda1c6",
    accent: "#e9c27a",
  },
  teal: { ground: "#e8f1ef", shade: "#d2e4e0", body: "#4f8f87", dark: "#2f655f", light: "#9accc4", accent: "#f0c987" },
  black: { ground: "#eceae7", shade: "#d9d5d0", body: "#45423f", dark: "#262423", light: "#84807b", accent: "#c9a15a" },
};

/** A palette by name; an unknown name gives the grey one. */
export function paletteOf(name: string): Palette {
  return PALETTES[name] ?? (PALETTES.grey as Palette);
}

export const PALETTE_NAMES = Object.keys(PALETTES);
