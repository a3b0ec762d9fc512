import { Store } from '../lib/store.js';

/** The channel, conversation or community whose menu is open, and where. */
export interface PlaceMenu {
  kind: 'channel' | 'community';
  id: string;
  name: string;
  x: number;
  y: number;
}

export const placeMenu = new Store<PlaceMenu | undefined>(undefined);

/** Opens the menu of a place, for `onContextMenu`: by the mouse, a long press, or the menu key. */
export function openPlaceMenu(
  event: { preventDefault: () => void; clientX: number; clientY: number; currentTarget: Element },
  place: Pick<PlaceMenu, 'kind' | 'id' | 'name'>,
): void {
  event.preventDefault();
  const { left, bottom } = event.currentTarget.getBoundingClientRect();
  // Keys have no place of their own.
  const isByKey = event.clientX === 0 && event.clientY === 0;
  placeMenu.set({ ...place, x: isByKey ? left : event.clientX, y: isByKey ? bottom : event.clientY });
}
