import { useEffect } from 'react';

/** Keeps the screen of a phone or laptop awake during a call. */
export function useWakeLock(isOn: boolean): void {
  useEffect(() => {
    // Absent on pages without HTTPS and in older browsers.
    const wakeLock = navigator.wakeLock as WakeLock | undefined;
    if (!isOn || wakeLock === undefined) return;
    let held: WakeLockSentinel | undefined;
    let current = true;
    const acquire = async () => {
      if (document.visibilityState !== 'visible') return;
      const sentinel = await wakeLock.request('screen');
      if (current) held = sentinel;
      else await sentinel.release();
    };
    // Browsers refuse it when the battery is low, and take it back whenever the page is hidden.
    const tryAcquire = () => void acquire().catch(() => undefined);
    tryAcquire();
    document.addEventListener('visibilitychange', tryAcquire);
    return () => {
      current = false;
      document.removeEventListener('visibilitychange', tryAcquire);
      void held?.release().catch(() => undefined);
    };
  }, [isOn]);
}
