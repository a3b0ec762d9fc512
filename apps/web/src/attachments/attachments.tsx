import type { Attachment } from '@parley/contract';
import { FileCard } from './file-card.js';
import { kindOf } from './file-facts.js';
import { AudioFile, VideoFile } from './media-file.js';
import { PictureGrid } from './picture-grid.js';
import { VoiceMessage } from './voice-message.js';
import styles from './attachments.module.css';

/** The files of a message: pictures together, and then each other one. */
export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  const pictures = attachments.filter((attachment) => kindOf(attachment) === 'picture');
  const others = attachments.filter((attachment) => kindOf(attachment) !== 'picture');
  return (
    <div className={styles.attachments} data-testid="attachments">
      {pictures.length > 0 && <PictureGrid pictures={pictures} />}
      {others.map((attachment) => (
        <OtherFile key={attachment.id} attachment={attachment} />
      ))}
    </div>
  );
}

function OtherFile({ attachment }: { attachment: Attachment }) {
  switch (kindOf(attachment)) {
    case 'voice':
      return <VoiceMessage attachment={attachment} />;
    case 'video':
      return <VideoFile attachment={attachment} />;
    case 'audio':
      return <AudioFile attachment={attachment} />;
    default:
      return <FileCard attachment={attachment} />;
  }
}
