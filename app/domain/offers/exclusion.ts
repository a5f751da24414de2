/** How a person has excluded a product from all recommendations. */
export interface Exclusion {
  /** Nothing is suggested with it. */
  readonly asTrigger: boolean;
  /** It is suggested with nothing. */
  readonly asCompanion: boolean;
}

export const NOT_EXCLUDED: Exclusion = { asTrigger: false, asCompanion: false };
