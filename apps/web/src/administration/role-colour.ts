import type { Role } from '@parley/contract';

/** As stylesheets write it; undefined where names keep the theme's colour. */
export function roleColour({ colour }: Pick<Role, 'colour'>): string | undefined {
  return colour === null ? undefined : hexOf(colour);
}

/** @param colour 0xRRGGBB. */
export function hexOf(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}

/** @param hex as `#rrggbb`. */
export function colourOf(hex: string): number {
  return Number.parseInt(hex.slice(1), 16);
}
