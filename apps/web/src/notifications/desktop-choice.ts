import { parseRecord } from '../lib/json.js';
import { Store } from '../lib/store.js';

/** What of notices somebody wants on this device. */
export interface DesktopChoice {
  on: boolean;
  sound: boolean;
}

const KEY = 'parley.desktop-notices';

/** Kept in this browser. */
export const desktopChoice = new Store<DesktopChoice>(stored());

/** Whether the browser and who uses it allow notices outside of the page. */
export function mayShowNotices(): boolean {
  return 'Notification' in window && Notification.permission === 'granted' && desktopChoice.get().on;
}

export function chooseDesktop(change: Partial<DesktopChoice>): void {
  desktopChoice.set({ ...desktopChoice.get(), ...change });
  try {
    localStorage.setItem(KEY, JSON.stringify(desktopChoice.get()));
  } catch {
    // Storage can be full or forbidden: then it lasts as long as the page.
  }
}

function stored(): DesktopChoice {
  let text: string | null = null;
  try {
    text = localStorage.getItem(KEY);
  } catch {
    // Storage can be forbidden.
  }
  const { on, sound } = parseRecord(text) ?? {};
  return { on: on !== false, sound: sound === true };
}
