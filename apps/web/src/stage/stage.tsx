import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ParticipantView } from '../call/participants.js';
import { IconButton } from '../ui/icon-button.js';
import { useElementSize } from '../ui/use-element-size.js';
import { arrangeTiles } from './arrange-tiles.js';
import type { View } from './stage-view.js';
import { Tile } from './tile.js';
import styles from './stage.module.css';

export interface StageProps {
  participants: readonly ParticipantView[];
  view: View;
  pinned: string | undefined;
  /** Who spoke last, for the speaker view. */
  speaker: string | undefined;
  mirrorSelf: boolean;
  onPin: (key: string) => void;
  onShowPeople: () => void;
}

/** Everybody's pictures, as a grid or with one of them large. */
export function Stage(props: StageProps) {
  const { participants, view, pinned, speaker, mirrorSelf, onPin, onShowPeople } = props;
  const area = useRef<HTMLDivElement>(null);
  const size = useElementSize(area);
  const [page, setPage] = useState(0);
  const arranged = arrangeTiles(participants, size, { view, pinned, speaker, page });

  return (
    <section className={styles.stage} aria-label="Participants" data-testid="stage" data-view={view}>
      <div ref={area} className={styles.area}>
        <ul>
          {arranged.tiles.map(({ tile, box, role }) => (
            <Tile
              key={tile.key}
              tile={tile}
              box={box}
              role={role}
              mirrorSelf={mirrorSelf}
              pinned={pinned === tile.key}
              onPin={onPin}
            />
          ))}
        </ul>
        {arranged.more !== undefined && (
          <button
            type="button"
            className={styles.more}
            style={{
              left: arranged.more.box.x,
              top: arranged.more.box.y,
              width: arranged.more.box.width,
              height: arranged.more.box.height,
            }}
            onClick={onShowPeople}
          >
            <strong>+{arranged.more.count}</strong>
            others
          </button>
        )}
      </div>
      {arranged.pages > 1 && (
        <nav className={styles.pages} aria-label="Pages of participants">
          <IconButton
            label="Previous page"
            icon={<ChevronLeft size={20} />}
            disabled={arranged.page === 0}
            onClick={() => setPage(arranged.page - 1)}
          />
          <span>
            {arranged.page + 1} of {arranged.pages}
          </span>
          <IconButton
            label="Next page"
            icon={<ChevronRight size={20} />}
            disabled={arranged.page === arranged.pages - 1}
            onClick={() => setPage(arranged.page + 1)}
          />
        </nav>
      )}
    </section>
  );
}
