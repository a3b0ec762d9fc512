import type { Attachment } from '@parley/contract';
import { Suspense, useState } from 'react';
import { attachmentTexts } from '../texts/attachments/attachment-texts.js';
import { lazyPart } from '../ui/lazy-part.js';
import { smallUrl } from './file-facts.js';
import styles from './picture-grid.module.css';

const Viewer = lazyPart(async () => (await import('./viewer.js')).Viewer);

/** Points that one picture may take. */
const BOX = { width: 420, height: 320 };

/** Pictures side by side, whose places are there before they are. One press shows them large. */
export function PictureGrid({ pictures }: { pictures: readonly Attachment[] }) {
  const [open, setOpen] = useState<number>();
  return (
    <>
      <div className={styles.grid} data-count={Math.min(pictures.length, 4)}>
        {pictures.map((picture, index) => (
          <button
            key={picture.id}
            type="button"
            className={styles.tile}
            aria-label={attachmentTexts.open(picture.alt === '' ? picture.name : picture.alt)}
            style={pictures.length === 1 ? placeOf(picture) : undefined}
            onClick={() => setOpen(index)}
          >
            <img src={smallUrl(picture)} alt="" loading="lazy" decoding="async" draggable={false} />
          </button>
        ))}
      </div>
      {open !== undefined && (
        <Suspense>
          <Viewer pictures={pictures} first={open} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </>
  );
}

/** As large as it is, as far as it fits. */
function placeOf({ width, height }: Attachment) {
  const [w, h] = [width ?? 1, height ?? 1];
  const scale = Math.min(1, BOX.width / w, BOX.height / h);
  return { inlineSize: Math.max(Math.round(w * scale), 48), aspectRatio: `${w} / ${h}` };
}
