import { useEffect } from 'react';
import { placeShown } from '../lib/place-shown.js';

/** Has the window's title name the place that is shown. */
export function usePlaceTitle(title: string | undefined): void {
  useEffect(() => {
    placeShown.set(title);
    return () => placeShown.set(undefined);
  }, [title]);
}
