import 'react';

declare module 'react' {
  interface CSSProperties {
    /** A colour of the participant, 0–359 degrees. */
    '--hue'?: number;
    /** A role's colour. */
    '--of-role'?: string | undefined;
    /** Loudness, 0–1. */
    '--level'?: number;
    /** Where a reaction rises, 0–1 of the width. */
    '--lane'?: number;
  }
}
