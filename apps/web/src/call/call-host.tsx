import { Suspense, useEffect } from 'react';
import { useStore } from '../lib/use-store.js';
import { lazyPart } from '../ui/lazy-part.js';
import { useNotices } from '../ui/use-notices.js';
import { usePreferences } from '../ui/use-preferences.js';
import { useCall, useCallPhase } from './use-call.js';
import { useWakeLock } from './use-wake-lock.js';

const AudioOutput = lazyPart(async () => (await import('./audio-output.js')).AudioOutput);
const CallBar = lazyPart(async () => (await import('./call-bar.js')).CallBar);

export interface CallHostProps {
  /** Whether the page that is open shows the call. */
  isShown: boolean;
}

/** What belongs to a call on whichever page one is: its sound, what it has to say, and the way back to it. */
export function CallHost({ isShown }: CallHostProps) {
  const { session, ui } = useCall();
  const phase = useCallPhase();
  const { notify, announce } = useNotices();
  const isInPanel = useStore(ui.inPanel);
  const isOn = phase.name === 'call';

  useEffect(
    () =>
      session.news.subscribe(({ text, shown, tone }) => {
        if (shown) notify(text, tone);
        else announce(text);
      }),
    [session, notify, announce],
  );

  // Whoever looks at another page hears why the call ended from a notice instead.
  useEffect(() => {
    if (isShown || phase.name !== 'ended') return;
    if (phase.end.tone === 'problem') notify(`${phase.end.title}. ${phase.end.detail}`, 'problem');
    else announce(phase.end.title);
    session.dismiss();
  }, [isShown, phase, session, notify, announce]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    if (!isOn) return;
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isOn]);

  useRememberedDevices();
  useWakeLock(isOn);
  if (!isOn) return null;
  return (
    <>
      <Suspense>
        <AudioOutput />
      </Suspense>
      <Suspense>{!isShown && !isInPanel && <CallBar place={phase} />}</Suspense>
    </>
  );
}

/** Devices that are chosen move the call; what is switched in the call is remembered for the next one. */
function useRememberedDevices(): void {
  const { session } = useCall();
  const { preferences, update } = usePreferences();
  const { cameraId, microphoneId, speakerId } = preferences;
  const { microphone, camera } = useStore(session.media.state);

  useEffect(() => session.switchDevice('videoinput', cameraId), [session, cameraId]);
  useEffect(() => session.switchDevice('audioinput', microphoneId), [session, microphoneId]);
  useEffect(() => session.switchDevice('audiooutput', speakerId), [session, speakerId]);

  useEffect(() => {
    if (session.phase.get().name !== 'call' || microphone.problem !== undefined) return;
    // It comes back by itself.
    if (!session.listening.deafened.get()) update({ microphoneOn: microphone.wanted });
  }, [session, microphone, update]);
  useEffect(() => {
    const phase = session.phase.get();
    // In channels it is off to begin with, whatever one likes elsewhere.
    if (phase.name === 'call' && phase.channel === undefined && camera.problem === undefined)
      update({ cameraOn: camera.wanted });
  }, [session, camera, update]);
}
