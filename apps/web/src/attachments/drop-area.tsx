import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { attachmentTexts } from '../texts/attachments/attachment-texts.js';
import styles from './drop-area.module.css';

export interface DropAreaProps {
  channelName: string;
  onFiles: (files: readonly File[]) => void;
}

/** Takes files that are dropped anywhere onto the page while a channel is shown, and says so while they are carried. */
export function DropArea({ channelName, onFiles }: DropAreaProps) {
  const [isCarrying, setCarrying] = useState(false);
  useEffect(() => {
    /** Elements are entered before others are left. */
    let depth = 0;
    const ending = new AbortController();
    const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void) =>
      document.addEventListener(
        type,
        (event) => {
          if (event.dataTransfer?.types.includes('Files') !== true) return;
          // Else the browser would leave the page for the file.
          event.preventDefault();
          handle(event);
        },
        ending,
      );
    on('dragenter', () => {
      depth += 1;
      setCarrying(true);
    });
    on('dragover', () => undefined);
    on('dragleave', () => {
      depth -= 1;
      if (depth <= 0) setCarrying(false);
    });
    on('drop', ({ dataTransfer }) => {
      depth = 0;
      setCarrying(false);
      onFiles([...(dataTransfer?.files ?? [])]);
    });
    return () => ending.abort();
  }, [onFiles]);

  if (!isCarrying) return null;
  return (
    <div className={styles.area} data-testid="drop-area">
      <p>
        <Upload size={28} aria-hidden="true" />
        {attachmentTexts.dropHere(channelName)}
      </p>
    </div>
  );
}
