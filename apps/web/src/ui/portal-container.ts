import { createContext, useContext } from 'react';

/** The landmark in which menus of what is below open; undefined: the end of the page, outside of any. */
export const PortalContainer = createContext<HTMLElement | null>(null);

export function usePortalContainer(): HTMLElement | null {
  return useContext(PortalContainer);
}
