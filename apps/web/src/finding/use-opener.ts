import { useState } from 'react';

/** @returns gives the focus back to what had it when the window opened, if that is still there. */
export function useOpener(): () => void {
  const [opener] = useState(() => document.activeElement);
  return () => {
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };
}
