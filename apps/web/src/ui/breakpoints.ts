/** The widest that a phone's page is, in CSS pixels. The stylesheets say the same: queries cannot read variables. */
export const NARROW_PX = 760;

/** A page as narrow as a phone's. */
export const NARROW = `(max-width: ${NARROW_PX}px)`;

/** Wide enough for a panel beside what is written in a channel; else the panel covers it. */
export const ROOM_FOR_PANEL = '(min-width: 1100px)';
