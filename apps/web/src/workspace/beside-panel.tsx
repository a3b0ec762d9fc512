import { useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, type ReactNode } from 'react';
import type { ChannelSearch } from '../lib/channel-search.js';
import { ROOM_FOR_PANEL } from '../ui/breakpoints.js';
import { useMediaQuery } from '../ui/use-media-query.js';
import type { PanelPlace } from './panel-props.js';
import { panelOf } from './panels.js';
import { SidePanel } from './side-panel.js';
import styles from './side-panel.module.css';

export interface BesidePanelProps {
  place: PanelPlace;
  /** The channel itself. */
  children: ReactNode;
}

/** A channel or conversation with the panel that its address names, if any. */
export function BesidePanel({ place, children }: BesidePanelProps) {
  const search: ChannelSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const hasRoom = useMediaQuery(ROOM_FOR_PANEL);
  const panel = panelOf(search);
  const close = () => void navigate({ to: '.', search: { message: search.message } });

  return (
    <div className={styles.page}>
      <div className={styles.channel} inert={panel !== undefined && !hasRoom}>
        {children}
      </div>
      {panel !== undefined && (
        <SidePanel name={panel.name} title={panel.title()} isCovering={!hasRoom} onClose={close}>
          <Suspense fallback={<div className={styles.loading} />}>
            <panel.Content key={search.thread} {...place} isCovering={!hasRoom} search={search} />
          </Suspense>
        </SidePanel>
      )}
    </div>
  );
}
