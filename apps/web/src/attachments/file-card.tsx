import type { Attachment } from '@parley/contract';
import { Download } from 'lucide-react';
import { attachmentTexts } from '../texts/attachments/attachment-texts.js';
import { fileUrl, sizeText } from './file-facts.js';
import { FileIcon } from './file-icon.js';
import styles from './attachments.module.css';

/** A file to save. */
export function FileCard({ attachment }: { attachment: Attachment }) {
  const { name, size, type } = attachment;
  return (
    <a
      className={styles.card}
      href={fileUrl(attachment)}
      download={name}
      aria-label={`${attachmentTexts.download(name)}, ${sizeText(size)}`}
    >
      <span className={styles.icon}>
        <FileIcon type={type} size={24} />
      </span>
      <span className={styles.facts}>
        <bdi className={styles.name} title={name}>
          {name}
        </bdi>
        <span className={styles.size}>{sizeText(size)}</span>
      </span>
      <Download size={19} aria-hidden="true" />
    </a>
  );
}
