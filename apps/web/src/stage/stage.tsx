import { ChevronLeft, ChevronRight, Mic } from 'lucide-react';
import { useRef, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { ParticipantView } from '../call/participants.js';
import { texts } from '../texts/texts.js';
import { IconButton } from '../ui/icon-button.js';
import { useElementSize } from '../ui/use-element-size.js';
import { arrangeTiles } from './arrange-tiles.js';
import { BrokenTile } from './broken-tile.js';
import type { View } from './stage-view.js';
import { Tile } from './tile.js';
import { useSpeakerOrder } from './use-speaker-order.js';
import styles from './stage.module.css';

export interface StageProps {
  participants: readonly ParticipantView[];
  view: View;
  pinned: string | undefined;
  /** Who spoke last, for the speaker view. */
  speaker: string | undefined;
  mirrorSelf: boolean;
  onPin: (key: string) => void;
  onStopSharing: () => void;
  onShowPeople: () => void;
}

/** Everybody's pictures, as a grid or with one of them large. */
export function Stage(props: StageProps) {
  const { participants, view, pinned, speaker, mirrorSelf, onPin, onStopSharing, onShowPeople } = props;
  const area = useRef<HTMLDivElement>(null);
  const size = useElementSize(area);
  const [page, setPage] = useState(0);
  const spoke = useSpeakerOrder(participants);
  const arranged = arrangeTiles(participants, size, { view, pinned, speaker, spoke, page });
  const { speakingElsewhere } = arranged;

  return (
    <section className={styles.stage} aria-label={texts.stage.label} data-testid="stage" data-view={view}>
      <div ref={area} className={styles.area}>
        <ul>
          {arranged.tiles.map(({ tile, box, role }) => (
            <ErrorBoundary
              key={tile.key}
              fallback={<BrokenTile tile={tile} box={box} />}
              resetKeys={[tile.video]}
            >
              <Tile
                tile={tile}
                box={box}
                role={role}
                mirrorSelf={mirrorSelf}
                pinned={pinned === tile.key}
                onPin={onPin}
                onStopSharing={onStopSharing}
              />
            </ErrorBoundary>
          ))}
        </ul>
        {arranged.more !== undefined && (
          <button
            type="button"
            className={styles.more}
            style={{
              insetInlineStart: arranged.more.box.x,
              top: arranged.more.box.y,
              width: arranged.more.box.width,
              height: arranged.more.box.height,
            }}
            onClick={onShowPeople}
          >
            <strong>+{arranged.more.count}</strong>
            {texts.stage.others(arranged.more.count)}
          </button>
        )}
      </div>
      {arranged.pages > 1 && (
        <nav className={styles.pages} aria-label={texts.stage.pages}>
          <IconButton
            label={texts.stage.previousPage}
            icon={<ChevronLeft size={20} data-points-inline />}
            disabled={arranged.page === 0}
            onClick={() => setPage(arranged.page - 1)}
          />
          <span>{texts.stage.pageOf(arranged.page + 1, arranged.pages)}</span>
          <IconButton
            label={texts.stage.nextPage}
            icon={<ChevronRight size={20} data-points-inline />}
            disabled={arranged.page === arranged.pages - 1}
            onClick={() => setPage(arranged.page + 1)}
          />
          {speakingElsewhere !== undefined && (
            <button
              type="button"
              className={styles.elsewhere}
              onClick={() => setPage(speakingElsewhere.page)}
            >
              <Mic size={14} />
              <span>{texts.stage.speaksOnPage(speakingElsewhere.name, speakingElsewhere.page + 1)}</span>
            </button>
          )}
        </nav>
      )}
    </section>
  );
}
