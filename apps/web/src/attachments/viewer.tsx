import type { Attachment } from '@parley/contract';
import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState, type KeyboardEvent } from 'react';
import { attachmentTexts } from '../texts/attachments/attachment-texts.js';
import { texts as pageTexts } from '../texts/texts.js';
import { IconButton } from '../ui/icon-button.js';
import { fileUrl } from './file-facts.js';
import styles from './viewer.module.css';

export interface ViewerProps {
  pictures: readonly Attachment[];
  /** Which one is shown first. */
  first: number;
  onClose: () => void;
}

/** Pictures over the whole page, one at a time. */
export function Viewer({ pictures, first, onClose }: ViewerProps) {
  const [index, setIndex] = useState(first);
  const [isZoomed, setZoomed] = useState(false);
  const texts = attachmentTexts.viewer;
  const picture = pictures[index];
  if (picture === undefined) return null;

  const go = (to: number) => {
    if (to < 0 || to >= pictures.length) return;
    setIndex(to);
    setZoomed(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') go(index + (event.key === forward ? 1 : -1));
    if (event.key === '+') setZoomed(true);
    if (event.key === '-') setZoomed(false);
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          className={styles.viewer}
          data-testid="viewer"
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
        >
          <header className={styles.header}>
            <Dialog.Title className={styles.title}>
              <bdi>{picture.name}</bdi>
              {pictures.length > 1 && <span>{texts.place(index + 1, pictures.length)}</span>}
            </Dialog.Title>
            <IconButton
              look="over-video"
              label={isZoomed ? texts.zoomOut : texts.zoomIn}
              icon={isZoomed ? <ZoomOut size={20} /> : <ZoomIn size={20} />}
              onClick={() => setZoomed(!isZoomed)}
            />
            <a
              className={styles.download}
              href={fileUrl(picture)}
              download={picture.name}
              aria-label={attachmentTexts.download(picture.name)}
              title={attachmentTexts.download(picture.name)}
            >
              <Download size={20} />
            </a>
            <Dialog.Close asChild>
              <IconButton look="over-video" label={pageTexts.app.close} icon={<X size={20} />} />
            </Dialog.Close>
          </header>
          <div
            className={styles.stage}
            data-zoomed={isZoomed}
            onClick={(event) => event.target === event.currentTarget && onClose()}
          >
            <img
              key={picture.id}
              src={fileUrl(picture)}
              width={picture.width ?? undefined}
              height={picture.height ?? undefined}
              alt={picture.alt === '' ? attachmentTexts.picture(picture.name) : picture.alt}
              onClick={() => setZoomed(!isZoomed)}
            />
          </div>
          {picture.alt !== '' && (
            <p className={styles.alt} dir="auto">
              {picture.alt}
            </p>
          )}
          {pictures.length > 1 && (
            <nav className={styles.arrows}>
              <IconButton
                look="over-video"
                size="large"
                label={texts.previous}
                disabled={index === 0}
                icon={<ChevronLeft size={26} data-points-inline />}
                onClick={() => go(index - 1)}
              />
              <IconButton
                look="over-video"
                size="large"
                label={texts.next}
                disabled={index === pictures.length - 1}
                icon={<ChevronRight size={26} data-points-inline />}
                onClick={() => go(index + 1)}
              />
            </nav>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
