import { TriangleAlert } from 'lucide-react';
import { texts } from '../texts/texts.js';
import type { Box } from './stage-layout.js';
import type { TileModel } from './tiles.js';
import styles from './tile.module.css';

/** In the place of a tile that failed: the others, and the call, go on. */
export function BrokenTile({ tile, box }: { tile: TileModel; box: Box }) {
  const { name } = tile.participant;
  return (
    <li
      className={styles.tile}
      style={{ insetInlineStart: box.x, top: box.y, width: box.width, height: box.height, '--hue': 160 }}
      data-testid="broken-tile"
    >
      <div className={styles.still}>
        <TriangleAlert size={26} />
        <p>{texts.stage.broken(name)}</p>
      </div>
    </li>
  );
}
