import type { Attachment } from '@parley/contract';
import { useState } from 'react';
import { FileCard } from './file-card.js';
import { fileUrl } from './file-facts.js';
import styles from './attachments.module.css';

/** A video that plays in its place; one that this browser cannot play is a file. */
export function VideoFile({ attachment }: { attachment: Attachment }) {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <FileCard attachment={attachment} />;
  return (
    <video
      className={styles.video}
      src={fileUrl(attachment)}
      aria-label={attachment.name}
      controls
      playsInline
      preload="metadata"
      onError={() => setBroken(true)}
    />
  );
}

/** Sound, with what it is called above it. */
export function AudioFile({ attachment }: { attachment: Attachment }) {
  const [isBroken, setBroken] = useState(false);
  return (
    <div className={styles.audio}>
      <FileCard attachment={attachment} />
      {!isBroken && (
        <audio
          src={fileUrl(attachment)}
          aria-label={attachment.name}
          controls
          preload="none"
          onError={() => setBroken(true)}
        />
      )}
    </div>
  );
}
