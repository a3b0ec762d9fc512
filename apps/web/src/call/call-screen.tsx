import type { Room } from 'livekit-client';
import { useCallback, useReducer, useRef, useState, useEffect } from 'react';
import { ChatPanel } from '../chat/chat-panel.js';
import { useChat } from '../chat/use-chat.js';
import { ReactionsOverlay } from '../reactions/reactions-overlay.js';
import { useReactions } from '../reactions/use-reactions.js';
import { INITIAL_STAGE, stageReducer } from '../stage/stage-view.js';
import { Stage } from '../stage/stage.js';
import { tilesOf } from '../stage/tiles.js';
import { useMediaQuery } from '../ui/use-media-query.js';
import { useNotices } from '../ui/use-notices.js';
import { usePreferences } from '../ui/use-preferences.js';
import { AudioOutput } from './audio-output.js';
import { CallHeader } from './call-header.js';
import { ConnectionBanner } from './connection-banner.js';
import { ControlBar } from './control-bar.js';
import { InviteCard } from './invite-card.js';
import { PeoplePanel } from './people-panel.js';
import { SettingsDialog } from './settings-dialog.js';
import { ShortcutsDialog } from './shortcuts-dialog.js';
import { SidePanel, type PanelName } from './side-panel.js';
import { useActiveSpeaker } from './use-active-speaker.js';
import { useAnnouncements } from './use-announcements.js';
import { useConnection } from './use-connection.js';
import { useHand } from './use-hand.js';
import { useInvite } from './use-invite.js';
import { useLocalMedia } from './use-local-media.js';
import { useParticipants } from './use-participants.js';
import { useShortcuts } from './use-shortcuts.js';
import { useWakeLock } from './use-wake-lock.js';
import styles from './call-screen.module.css';

export interface CallScreenProps {
  room: Room;
  roomName: string;
  /** Milliseconds since 1970. */
  joinedAt: number;
  onLeave: () => void;
}

export type CallDialog = 'settings' | 'shortcuts';

/** A call: the stage, the controls, and the panels beside it. */
export function CallScreen({ room, roomName, joinedAt, onLeave }: CallScreenProps) {
  const { preferences } = usePreferences();
  const { announce, dismiss } = useNotices();
  const narrow = useMediaQuery('(max-width: 760px)');
  const [panel, setPanel] = useState<PanelName | undefined>(undefined);
  const [dialog, setDialog] = useState<CallDialog | undefined>(undefined);
  const [reactionsOpen, setReactionsOpen] = useState(false);
  const [stage, dispatch] = useReducer(stageReducer, INITIAL_STAGE);

  const participants = useParticipants(room);
  const speaker = useActiveSpeaker(room);
  const connection = useConnection(room);
  const media = useLocalMedia(room);
  const toggleHand = useHand(room);
  const chat = useChat(room, panel === 'chat');
  const reactions = useReactions(room);
  const invite = useInvite(roomName);
  useAnnouncements(participants, connection.reconnecting);
  useWakeLock();

  // What the notices said of new messages now stands in the panel.
  useEffect(() => {
    if (panel === 'chat') dismiss();
  }, [panel, dismiss]);

  const screens = participants.filter((participant) => participant.isSharing && !participant.isLocal).length;
  useEffect(() => dispatch({ type: 'screens', count: screens }), [screens]);
  useEffect(() => {
    dispatch({ type: 'tiles', keys: tilesOf(participants).map((tile) => tile.key) });
  }, [participants]);

  const togglePanel = useCallback(
    (name: PanelName) => setPanel((current) => (current === name ? undefined : name)),
    [],
  );
  const toggleView = useCallback(() => {
    dispatch({ type: 'toggle-view' });
    announce(stage.view === 'grid' ? 'Speaker view' : 'Grid view');
  }, [announce, stage.view]);
  const pin = useCallback((key: string) => dispatch({ type: 'pin', key }), []);

  useShortcuts(preferences.shortcutsOn && dialog === undefined, {
    microphone: media.toggleMicrophone,
    camera: media.toggleCamera,
    screen: media.toggleScreen,
    hand: toggleHand,
    reactions: () => setReactionsOpen((open) => !open),
    chat: () => togglePanel('chat'),
    people: () => togglePanel('people'),
    view: toggleView,
    leave: onLeave,
    help: () => setDialog('shortcuts'),
  });

  // The call's heading takes the focus that the lobby's button had.
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.focus({ preventScroll: true }), []);

  const alone = participants.length === 1;
  return (
    <div className={styles.call}>
      <CallHeader
        roomName={roomName}
        joinedAt={joinedAt}
        people={participants.length}
        recording={connection.recording}
        view={stage.view}
        panel={panel}
        narrow={narrow}
        invite={invite}
        onToggleView={toggleView}
        onTogglePanel={togglePanel}
      />
      <div className={styles.middle}>
        <main ref={main} tabIndex={-1} className={styles.main} aria-label={`Call in ${roomName}`}>
          <ConnectionBanner
            reconnecting={connection.reconnecting}
            canPlaySound={connection.canPlaySound}
            onPlaySound={() => void room.startAudio().catch(() => undefined)}
          />
          <Stage
            participants={participants}
            view={stage.view}
            pinned={stage.pinned}
            speaker={speaker}
            mirrorSelf={preferences.mirrorSelf}
            onPin={pin}
            onShowPeople={() => setPanel('people')}
          />
          {alone && <InviteCard invite={invite} />}
          <ReactionsOverlay flying={reactions.flying} />
        </main>
        <SidePanel name={panel} narrow={narrow} onClose={() => setPanel(undefined)}>
          {panel === 'chat' && <ChatPanel chat={chat} />}
          {panel === 'people' && <PeoplePanel participants={participants} invite={invite} />}
        </SidePanel>
      </div>
      <ControlBar
        self={participants.find((participant) => participant.isLocal)}
        narrow={narrow}
        panel={panel}
        unread={chat.unread}
        view={stage.view}
        media={media}
        invite={invite}
        reactionsOpen={reactionsOpen}
        onReactionsOpenChange={setReactionsOpen}
        onReact={reactions.send}
        onToggleHand={toggleHand}
        onTogglePanel={togglePanel}
        onToggleView={toggleView}
        onOpenDialog={setDialog}
        onLeave={onLeave}
      />
      <AudioOutput participants={participants} />
      <SettingsDialog
        open={dialog === 'settings'}
        onOpenChange={(open) => setDialog(open ? 'settings' : undefined)}
      />
      <ShortcutsDialog
        open={dialog === 'shortcuts'}
        onOpenChange={(open) => setDialog(open ? 'shortcuts' : undefined)}
      />
    </div>
  );
}
