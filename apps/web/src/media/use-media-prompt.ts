import { useEffect, useState } from 'react';

/**
 * Asks for camera and microphone in one question where the browser would otherwise ask twice. False until that is
 * settled, one way or the other: whoever opens a device waits for it.
 */
export function useMediaPrompt(wanted: boolean): boolean {
  const [settled, setSettled] = useState(!wanted);

  useEffect(() => {
    if (settled) return;
    let current = true;
    const finish = () => {
      if (current) setSettled(true);
    };
    askOnce().then(finish, finish);
    return () => {
      current = false;
    };
  }, [settled]);

  return settled;
}

async function askOnce(): Promise<void> {
  // Both are absent on pages that are neither served over HTTPS nor from localhost.
  const media = navigator.mediaDevices as MediaDevices | undefined;
  const permissions = navigator.permissions as Permissions | undefined;
  if (media === undefined || permissions === undefined) return;
  const states = await Promise.all([
    permissions.query({ name: 'camera' }),
    permissions.query({ name: 'microphone' }),
  ]);
  if (states.some(({ state }) => state !== 'prompt')) return;
  const stream = await media.getUserMedia({ audio: true, video: true });
  for (const track of stream.getTracks()) track.stop();
}
