import { Check, Circle, LayoutGrid, Link, PanelRight, Users } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatDuration } from '../lib/duration.js';
import type { View } from '../stage/stage-view.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import type { PanelName } from './side-panel.js';
import type { Invite } from './use-invite.js';
import styles from './call-header.module.css';

export interface CallHeaderProps {
  roomName: string;
  joinedAt: number;
  people: number;
  recording: boolean;
  view: View;
  panel: PanelName | undefined;
  narrow: boolean;
  invite: Invite;
  onToggleView: () => void;
  onTogglePanel: (name: PanelName) => void;
}

/** Where one is, for how long, and with how many. */
export function CallHeader(props: CallHeaderProps) {
  const { roomName, people, recording, view, panel, narrow, invite } = props;
  return (
    <header className={styles.header}>
      <div className={styles.where}>
        <h1 className={styles.room} title={roomName}>
          {roomName}
        </h1>
        <Timer since={props.joinedAt} />
        {recording && (
          <span className={styles.recording} role="status">
            <Circle size={10} fill="currentColor" />
            Recording
          </span>
        )}
      </div>
      <div className={styles.actions}>
        {narrow ? (
          <IconButton
            label={invite.copied ? 'Link copied' : 'Copy invitation link'}
            icon={invite.copied ? <Check size={20} /> : <Link size={20} />}
            onClick={invite.copy}
            data-testid="copy-link"
          />
        ) : (
          <Button onClick={invite.copy} data-testid="copy-link" className={styles.invite}>
            {invite.copied ? <Check size={16} /> : <Link size={16} />}
            {invite.copied ? 'Copied' : 'Copy link'}
          </Button>
        )}
        <IconButton
          label={view === 'grid' ? 'Speaker view' : 'Grid view'}
          shortcut="view"
          icon={view === 'grid' ? <PanelRight size={20} /> : <LayoutGrid size={20} />}
          onClick={props.onToggleView}
          data-testid="view-button"
          data-view={view}
        />
        <IconButton
          id="panel-button-people"
          label={`${people} ${people === 1 ? 'person' : 'people'} in the call`}
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
          onClick={() => props.onTogglePanel('people')}
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
    <span className={styles.timer} role="timer" aria-label="Time in this call">
      {formatDuration(now - since)}
    </span>
  );
}
