import { Suspense, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { ChatPanel } from '../chat/chat-panel.js';
import { useStore } from '../lib/use-store.js';
import { ReactionsOverlay } from '../reactions/reactions-overlay.js';
import { Stage } from '../stage/stage.js';
import { tilesOf } from '../stage/tiles.js';
import { texts } from '../texts/texts.js';
import { lazyPart } from '../ui/lazy-part.js';
import { useIsNarrow } from '../ui/use-is-narrow.js';
import { useNotices } from '../ui/use-notices.js';
import { usePreferences } from '../ui/use-preferences.js';
import { isOfConversation, type CallPlace } from './call-place.js';
import { CallHeader } from './call-header.js';
import { ConnectionBanner } from './connection-banner.js';
import { ControlBar } from './control-bar.js';
import { InviteCard } from './invite-card.js';
import { PanelBoundary } from './panel-boundary.js';
import { PeoplePanel } from './people-panel.js';
import { SettingsDialog } from './settings-dialog.js';
import { ShortcutsDialog } from './shortcuts-dialog.js';
import { SidePanel } from './side-panel.js';
import { useCall } from './use-call.js';
import { useCallShortcuts } from './use-call-shortcuts.js';
import { useMutedSpeech } from './use-muted-speech.js';
import styles from './call-screen.module.css';

const CallingCard = lazyPart(async () => (await import('../ringing/calling-card.js')).CallingCard);

export interface CallScreenProps {
  place: CallPlace;
  /** Milliseconds since 1970. */
  joinedAt: number;
  /** The way back to what the call is in, where that is another page. */
  back?: ReactNode;
}

/** A call: the stage, the controls, and the panels beside it. */
export function CallScreen({ place, joinedAt, back }: CallScreenProps) {
  const { session, ui } = useCall();
  const { preferences } = usePreferences();
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  const narrow = useIsNarrow(frame);
  const panel = useStore(ui.panel);
  const participants = useStore(session.roster.participants);
  const stage = useStore(ui.stage);
  const speaker = useStore(session.speaker);
  // The same functions each time: a tile is drawn again only when something of it has changed.
  const pin = useCallback((key: string) => ui.dispatchStage({ type: 'pin', key }), [ui]);
  const stopSharing = useCallback(() => session.media.want('screen', false), [session]);
  useCallShortcuts();
  useShownMessages();
  useMutedSpeech();

  const screens = participants.filter((participant) => participant.isSharing && !participant.isLocal).length;
  useEffect(() => ui.dispatchStage({ type: 'screens', count: screens }), [ui, screens]);
  useEffect(() => {
    ui.dispatchStage({ type: 'tiles', keys: tilesOf(participants).map((tile) => tile.key) });
  }, [ui, participants]);

  // The call's heading takes the focus that the lobby's button had.
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.focus({ preventScroll: true }), []);

  // The call of a channel stands in the main part of the workspace.
  const Main = place.channel === undefined ? 'main' : 'section';
  return (
    <div ref={setFrame} className={styles.call}>
      <div className={styles.screen}>
        <CallHeader place={place} joinedAt={joinedAt} narrow={narrow} back={back} />
        <div className={styles.middle}>
          <Main ref={main} tabIndex={-1} className={styles.main} aria-label={texts.call.label(place.title)}>
            <ConnectionBanner />
            <Stage
              participants={participants}
              view={stage.view}
              pinned={stage.pinned}
              speaker={speaker}
              mirrorSelf={preferences.mirrorSelf}
              onPin={pin}
              onStopSharing={stopSharing}
              onShowPeople={() => ui.panel.set('people')}
            />
            {participants.length === 1 && <Alone place={place} />}
            <Reactions />
          </Main>
          <SidePanel name={panel} narrow={narrow} frame={frame} onClose={() => ui.panel.set(undefined)}>
            <PanelBoundary key={panel}>
              {panel === 'chat' && <Chat />}
              {panel === 'people' && <PeoplePanel place={place} />}
            </PanelBoundary>
          </SidePanel>
        </div>
        <ControlBar narrow={narrow} />
        <SettingsDialog />
        <ShortcutsDialog />
      </div>
    </div>
  );
}

/** For who is alone in a call: how others get here, or what became of calling them. */
function Alone({ place }: { place: CallPlace }) {
  if (place.channel === undefined || !isOfConversation(place)) return <InviteCard place={place} />;
  return (
    <Suspense>
      <CallingCard channelId={place.channel.id} />
    </Suspense>
  );
}

function Chat() {
  const { session, ui } = useCall();
  const { chat } = session;
  const { messages } = useStore(chat.state);
  return <ChatPanel messages={messages} draft={ui.draft} onSend={chat.send} onRetry={chat.retry} />;
}

function Reactions() {
  return <ReactionsOverlay flying={useStore(useCall().session.reactions.flying)} />;
}

/** While the panel is open, messages count as read; what notices said of them now stands there. */
function useShownMessages(): void {
  const { session, ui } = useCall();
  const { dismiss } = useNotices();
  const isShown = useStore(ui.panel) === 'chat';
  useEffect(() => {
    if (!isShown) return;
    dismiss();
    session.chat.show(true);
    return () => session.chat.show(false);
  }, [session, isShown, dismiss]);
}
