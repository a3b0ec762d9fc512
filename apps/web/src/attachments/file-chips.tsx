import { RotateCw, X } from 'lucide-react';
import { useStore } from '../lib/use-store.js';
import { attachmentTexts } from '../texts/attachments/attachment-texts.js';
import { IconButton } from '../ui/icon-button.js';
import { problemText } from '../workspace/problem-text.js';
import { sizeText } from './file-facts.js';
import { FileIcon } from './file-icon.js';
import type { FileUpload } from './file-upload.js';
import styles from './file-chips.module.css';

export interface FileChipsProps {
  files: readonly FileUpload[];
  /** Absent: they belong to a message that is being sent. */
  onDrop?: (file: FileUpload) => void;
}

/** Files of a message that is written or on its way, each with how far it is. */
export function FileChips({ files, onDrop }: FileChipsProps) {
  if (files.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={attachmentTexts.chosen}>
      {files.map((file) => (
        <FileChip key={file.key} file={file} {...(onDrop && { onDrop })} />
      ))}
    </ul>
  );
}

function FileChip({ file: upload, onDrop }: { file: FileUpload; onDrop?: (file: FileUpload) => void }) {
  const state = useStore(upload.state);
  const texts = attachmentTexts;
  const { name, size, type } = upload.file;
  const percent = state.kind === 'uploading' ? Math.floor((100 * state.sent) / size) : 100;
  return (
    <li className={styles.chip} data-state={state.kind} data-testid="file-chip">
      {upload.preview === undefined ? (
        <span className={styles.icon}>
          <FileIcon type={type} />
        </span>
      ) : (
        <img className={styles.preview} src={upload.preview} alt="" />
      )}
      <span className={styles.facts}>
        <bdi className={styles.name} title={name}>
          {name}
        </bdi>
        <span className={styles.size} role={state.kind === 'failed' ? 'alert' : undefined}>
          {state.kind === 'failed' ? problemText(state.error) : sizeText(size)}
        </span>
      </span>
      {state.kind === 'failed' && (
        <IconButton
          size="small"
          label={texts.again(name)}
          icon={<RotateCw size={16} />}
          onClick={() => void upload.attachment().catch(() => undefined)}
        />
      )}
      {onDrop && (
        <IconButton
          size="small"
          label={texts.remove(name)}
          icon={<X size={16} />}
          onClick={() => onDrop(upload)}
        />
      )}
      {state.kind === 'uploading' && (
        <span
          className={styles.bar}
          role="progressbar"
          aria-label={texts.progress(name, percent)}
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <span style={{ inlineSize: `${percent}%` }} />
        </span>
      )}
    </li>
  );
}
