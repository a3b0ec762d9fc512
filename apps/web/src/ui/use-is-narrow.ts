import { useLayoutEffect, useState } from 'react';
import { NARROW_PX } from './breakpoints.js';

/** Whether an element is as narrow as a phone's page, kept current. */
export function useIsNarrow(element: HTMLElement | null): boolean {
  const [isNarrow, setNarrow] = useState(false);

  // Before the first picture: what is there on a phone only is not to appear later.
  useLayoutEffect(() => {
    if (element === null) return;
    const measure = () => setNarrow(element.clientWidth <= NARROW_PX);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);

  return isNarrow;
}
