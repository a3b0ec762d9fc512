import { Dices } from 'lucide-react';
import { useEffect, useId, useRef, useState, type SyntheticEvent } from 'react';
import { preloadCall } from '../call/preload-call.js';
import { useCall, useCallPhase } from '../call/use-call.js';
import type { Join } from '../call/use-join.js';
import { useStore } from '../lib/use-store.js';
import { DeviceSelects } from '../media/device-selects.js';
import { useMediaPrompt } from '../media/use-media-prompt.js';
import { useLocalCamera, useLocalMicrophone } from '../media/use-local-track.js';
import { isLinkable, NAME_LIMIT, suggestRoomName } from '../lib/room-name.js';
import { texts } from '../texts/texts.js';
import { IconButton } from '../ui/icon-button.js';
import { LanguageMenu } from '../ui/language-menu.js';
import { Logo } from '../ui/logo.js';
import { PortalContainer } from '../ui/portal-container.js';
import { ThemeMenu } from '../ui/theme-menu.js';
import { usePreferences } from '../ui/use-preferences.js';
import { JoinButtons } from './join-buttons.js';
import { PeopleHere } from './people-here.js';
import { Preview } from './preview.js';
import { ProblemNote } from './problem-note.js';
import { usePeople } from './use-people.js';
import { useServerSettings } from './use-server-settings.js';
import styles from './lobby.module.css';

export interface LobbyProps {
  /** The room of an invitation; undefined on the front page. */
  room: string | undefined;
  onJoin: Join;
}

interface FieldProblem {
  field: 'name' | 'room';
  text: string;
}

/** Before a call: who you are, where you go, and how you look and sound. */
export function Lobby({ room: invitedTo, onJoin }: LobbyProps) {
  const { preferences, update } = usePreferences();
  const { session, tabs } = useCall();
  const phase = useCallPhase();
  const joining = phase.name === 'joining';
  // The devices belong to the call that goes on in the background.
  const mayOpen = useMediaPrompt(preferences.cameraOn && preferences.microphoneOn) && phase.name !== 'call';
  const camera = useLocalCamera(mayOpen && preferences.cameraOn, preferences.cameraId);
  const microphone = useLocalMicrophone(mayOpen && preferences.microphoneOn, preferences.microphoneId);
  const server = useServerSettings();
  const [name, setName] = useState(preferences.name);
  const [room, setRoom] = useState(invitedTo ?? '');
  const [problem, setProblem] = useState<FieldProblem | undefined>(undefined);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [header, setHeader] = useState<HTMLElement | null>(null);
  const [main, setMain] = useState<HTMLElement | null>(null);
  useStore(tabs.calls);
  const otherTab = tabs.tokenFor(room);
  useEffect(preloadCall, []);

  const enter = (previous: string | undefined) => {
    const found = problemOf(name.trim(), room.trim());
    setProblem(found);
    if (found !== undefined) {
      form.current?.querySelector<HTMLInputElement>(`[name="${found.field}"]`)?.focus();
      return;
    }
    update({ name: name.trim() });
    onJoin(room.trim(), name.trim(), previous);
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    enter(otherTab);
  };
  const fieldProblem = (field: FieldProblem['field']) =>
    problem?.field === field && (
      <p id={`${id}-${field}-problem`} className={styles.missing} role="alert">
        {problem.text}
      </p>
    );
  const describedBy = (field: FieldProblem['field']) =>
    problem?.field === field ? `${id}-${field}-problem` : undefined;

  return (
    <div className={styles.page}>
      <header ref={setHeader} className={styles.header}>
        <Logo />
        <PortalContainer value={header}>
          <span className={styles.menus}>
            <LanguageMenu />
            <ThemeMenu />
          </span>
        </PortalContainer>
      </header>
      <main ref={setMain} className={styles.main}>
        <section className={styles.preview} aria-label={texts.lobby.preview}>
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
            {invitedTo === undefined ? texts.lobby.title : texts.lobby.titleInvited}
          </h1>
          <p className={styles.lead}>
            {invitedTo === undefined ? texts.lobby.lead : texts.lobby.leadInvited}
          </p>
          <PeopleHere people={usePeople(room)} />
          {server.problem !== undefined && (
            <ProblemNote title={server.problem.title} detail={server.problem.detail} onRetry={server.retry} />
          )}
          <form ref={form} className={styles.form} onSubmit={submit} noValidate>
            <div className={styles.field}>
              <label htmlFor={`${id}-name`}>{texts.lobby.name}</label>
              <input
                id={`${id}-name`}
                name="name"
                data-testid="name-input"
                dir="auto"
                value={name}
                maxLength={NAME_LIMIT}
                autoComplete="name"
                placeholder={texts.lobby.namePlaceholder}
                autoFocus={name === ''}
                aria-invalid={problem?.field === 'name'}
                aria-describedby={describedBy('name')}
                onChange={(event) => setName(event.target.value)}
              />
              {fieldProblem('name')}
            </div>
            <div className={styles.field}>
              <label htmlFor={`${id}-room`}>{texts.lobby.room}</label>
              <div className={styles.room}>
                <input
                  id={`${id}-room`}
                  name="room"
                  data-testid="room-input"
                  dir="auto"
                  value={room}
                  maxLength={NAME_LIMIT}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  placeholder={texts.lobby.roomPlaceholder}
                  aria-invalid={problem?.field === 'room'}
                  aria-describedby={describedBy('room')}
                  onChange={(event) => setRoom(event.target.value)}
                />
                <IconButton
                  label={texts.lobby.suggest}
                  icon={<Dices size={18} />}
                  className={styles.suggest}
                  size="small"
                  onClick={() => setRoom(suggestRoomName(Math.random))}
                />
              </div>
              {fieldProblem('room')}
            </div>
            {phase.name === 'idle' && phase.error !== undefined && (
              <p className={styles.missing} role="alert" data-testid="join-error">
                {phase.error}
              </p>
            )}
            <JoinButtons
              joining={joining}
              disabled={server.guestsRefused}
              inOtherTab={otherTab !== undefined}
              onJoinTwice={() => enter(undefined)}
              onCancel={() => session.dismiss()}
            />
          </form>
        </section>

        <section className={styles.devices} aria-label={texts.lobby.devices}>
          <PortalContainer value={main}>
            <DeviceSelects revision={camera.track ?? microphone.track} layout="row" />
          </PortalContainer>
        </section>
      </main>
    </div>
  );
}

function problemOf(name: string, room: string): FieldProblem | undefined {
  if (name === '') return { field: 'name', text: texts.lobby.nameMissing };
  if (room === '') return { field: 'room', text: texts.lobby.roomMissing };
  return isLinkable(room) ? undefined : { field: 'room', text: texts.lobby.roomUnlinkable };
}
