import { useCallback } from 'react';
import { useStore } from '../lib/use-store.js';
import { attachmentTexts } from '../texts/attachments/attachment-texts.js';
import { useNotices } from '../ui/use-notices.js';
import { chooseFiles, chosenFiles, type FilePlace } from './chosen-files.js';
import type { FileUpload } from './file-upload.js';

export interface ChosenFiles {
  files: readonly FileUpload[];
  choose: (files: readonly File[]) => void;
}

/** Files that were chosen for the next message of a place, and how more are chosen. */
export function useChosenFiles(place: FilePlace): ChosenFiles {
  const files = useStore(chosenFiles(place));
  const { notify } = useNotices();
  const choose = useCallback(
    (more: readonly File[]) => {
      const left = chooseFiles(place, more);
      if (left > 0) notify(attachmentTexts.tooMany(left), 'problem');
    },
    [place, notify],
  );
  return { files, choose };
}
