import { Dices, LoaderCircle, LogIn } from 'lucide-react';
import { useId, useState, type SyntheticEvent } from 'react';
import { DeviceSelects } from '../media/device-selects.js';
import { useMediaPrompt } from '../media/use-media-prompt.js';
import { useLocalCamera, useLocalMicrophone } from '../media/use-local-track.js';
import { NAME_LIMIT, suggestRoomName } from '../lib/room-name.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import { Logo } from '../ui/logo.js';
import { ThemeMenu } from '../ui/theme-menu.js';
import { usePreferences } from '../ui/use-preferences.js';
import { Preview } from './preview.js';
import { ProblemNote } from './problem-note.js';
import { useServerSettings } from './use-server-settings.js';
import styles from './lobby.module.css';

export interface LobbyProps {
  /** The room of an invitation; undefined on the front page. */
  room: string | undefined;
  joining: boolean;
  /** Why the last attempt to join failed. */
  error: string | undefined;
  onJoin: (room: string, name: string) => void;
}

/** Before a call: who you are, where you go, and how you look and sound. */
export function Lobby({ room: invitedTo, joining, error, onJoin }: LobbyProps) {
  const { preferences, update } = usePreferences();
  const mayOpen = useMediaPrompt(preferences.cameraOn && preferences.microphoneOn);
  const camera = useLocalCamera(mayOpen && preferences.cameraOn, preferences.cameraId);
  const microphone = useLocalMicrophone(mayOpen && preferences.microphoneOn, preferences.microphoneId);
  const server = useServerSettings();
  const [name, setName] = useState(preferences.name);
  const [room, setRoom] = useState(invitedTo ?? '');
  const [missing, setMissing] = useState<'name' | 'room' | undefined>(undefined);
  const id = useId();

  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = { name: name.trim(), room: room.trim() };
    const empty = wanted.name === '' ? 'name' : wanted.room === '' ? 'room' : undefined;
    setMissing(empty);
    if (empty !== undefined) {
      event.currentTarget.querySelector<HTMLInputElement>(`[name="${empty}"]`)?.focus();
      return;
    }
    update({ name: wanted.name });
    onJoin(wanted.room, wanted.name);
  };

  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Logo />
        <ThemeMenu />
      </header>
      <main className={styles.main}>
        <section className={styles.preview} aria-label="Preview">
          <Preview
            name={name}
            camera={camera}
            microphone={microphone}
            cameraOn={preferences.cameraOn}
            microphoneOn={preferences.microphoneOn}
            mirrored={preferences.mirrorSelf}
            onCameraChange={(cameraOn) => update({ cameraOn })}
            onMicrophoneChange={(microphoneOn) => update({ microphoneOn })}
          />
        </section>

        <section className={styles.who} aria-labelledby={`${id}-title`}>
          <h1 id={`${id}-title`} className={styles.title}>
            {invitedTo === undefined ? 'Talk with your team' : 'Ready to join?'}
          </h1>
          <p className={styles.lead}>
            {invitedTo === undefined
              ? 'Pick a room, share its link, and meet there. Nothing to install.'
              : 'Check how you look and sound, then come in.'}
          </p>
          {server.problem !== undefined && (
            <ProblemNote title={server.problem.title} detail={server.problem.detail} onRetry={server.retry} />
          )}
          <form className={styles.form} onSubmit={submit} noValidate>
            <div className={styles.field}>
              <label htmlFor={`${id}-name`}>Your name</label>
              <input
                id={`${id}-name`}
                name="name"
                data-testid="name-input"
                value={name}
                maxLength={NAME_LIMIT}
                autoComplete="name"
                placeholder="Ada Lovelace"
                autoFocus={name === ''}
                aria-invalid={missing === 'name'}
                aria-describedby={missing === 'name' ? `${id}-missing` : undefined}
                onChange={(event) => setName(event.target.value)}
              />
            </div>
            <div className={styles.field}>
              <label htmlFor={`${id}-room`}>Room</label>
              <div className={styles.room}>
                <input
                  id={`${id}-room`}
                  name="room"
                  data-testid="room-input"
                  value={room}
                  maxLength={NAME_LIMIT}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  placeholder="weekly-planning"
                  aria-invalid={missing === 'room'}
                  aria-describedby={missing === 'room' ? `${id}-missing` : undefined}
                  onChange={(event) => setRoom(event.target.value)}
                />
                <IconButton
                  label="Suggest a room name"
                  icon={<Dices size={18} />}
                  className={styles.suggest}
                  size="small"
                  onClick={() => setRoom(suggestRoomName(Math.random))}
                />
              </div>
            </div>
            {missing !== undefined && (
              <p id={`${id}-missing`} className={styles.missing} role="alert">
                {missing === 'name'
                  ? 'Enter your name, so that others know who you are.'
                  : 'Enter a room to join.'}
              </p>
            )}
            {error !== undefined && (
              <p className={styles.missing} role="alert" data-testid="join-error">
                {error}
              </p>
            )}
            <Button
              type="submit"
              look="primary"
              size="large"
              disabled={joining || server.guestsRefused}
              data-testid="join-button"
            >
              {joining ? <LoaderCircle size={20} className={styles.spinner} /> : <LogIn size={20} />}
              {joining ? 'Joining…' : 'Join the call'}
            </Button>
          </form>
        </section>

        <section className={styles.devices} aria-label="Devices">
          <DeviceSelects revision={camera.track ?? microphone.track} layout="row" />
        </section>
      </main>
    </div>
  );
}
