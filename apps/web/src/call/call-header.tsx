import { Check, Circle, LayoutGrid, Link, GalleryVerticalEnd, MessagesSquare, Users } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { formatDuration } from '../lib/duration.js';
import { useStore } from '../lib/use-store.js';
import { ringingTexts } from '../texts/ringing/ringing-texts.js';
import { texts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import { isOfConversation, type CallPlace } from './call-place.js';
import { useCall } from './use-call.js';
import { useToggleView } from './use-call-shortcuts.js';
import { useInvite } from './use-invite.js';
import styles from './call-header.module.css';

export interface CallHeaderProps {
  place: CallPlace;
  joinedAt: number;
  narrow: boolean;
  back?: ReactNode;
}

/** Where one is, for how long, and with how many. */
export function CallHeader({ place, joinedAt, narrow, back }: CallHeaderProps) {
  const { session, ui } = useCall();
  const { isRecording } = useStore(session.playback);
  const people = useStore(session.roster.participants).length;
  const { view } = useStore(ui.stage);
  const panel = useStore(ui.panel);
  const toggleView = useToggleView();
  const invite = useInvite(place);
  return (
    <header className={styles.header}>
      <div className={styles.where}>
        {back}
        <h1 className={styles.room} title={place.title} dir="auto">
          {place.title}
        </h1>
        <Timer since={joinedAt} />
        {isRecording && (
          <span className={styles.recording} role="status">
            <Circle size={10} fill="currentColor" />
            {texts.call.recording}
          </span>
        )}
      </div>
      <div className={styles.actions}>
        {isOfConversation(place) ? (
          <IconButton
            label={ringingTexts.conversation.showMessages}
            icon={<MessagesSquare size={20} />}
            onClick={() => ui.messagesShown.set(true)}
          />
        ) : narrow ? (
          <IconButton
            label={invite.copied ? texts.invite.linkCopied : texts.invite.copyInvitation}
            icon={invite.copied ? <Check size={20} /> : <Link size={20} />}
            onClick={invite.copy}
            data-testid="copy-link"
          />
        ) : (
          <Button onClick={invite.copy} data-testid="copy-link" className={styles.invite}>
            {invite.copied ? <Check size={16} /> : <Link size={16} />}
            {invite.copied ? texts.invite.copied : texts.invite.copyLink}
          </Button>
        )}
        <IconButton
          label={view === 'grid' ? texts.call.speakerView : texts.call.gridView}
          shortcut="view"
          icon={view === 'grid' ? <GalleryVerticalEnd size={20} /> : <LayoutGrid size={20} />}
          onClick={toggleView}
          data-testid="view-button"
          data-view={view}
        />
        <IconButton
          id="panel-button-people"
          label={texts.people.count(people)}
          shortcut="people"
          className={styles.people}
          look={panel === 'people' ? 'active' : 'plain'}
          aria-pressed={panel === 'people'}
          icon={
            <>
              <Users size={20} />
              <span>{people}</span>
            </>
          }
          onClick={() => ui.togglePanel('people')}
          data-testid="people-button"
        />
      </div>
    </header>
  );
}

function Timer({ since }: { since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className={styles.timer} role="timer" aria-label={texts.call.timer}>
      {formatDuration(now - since)}
    </span>
  );
}
