/** A page as narrow as a phone's. The stylesheets say the same: media queries cannot read variables. */
export const NARROW = '(max-width: 760px)';
