import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { attachmentTexts } from '../texts/attachments/attachment-texts.js';
import { IconButton } from '../ui/icon-button.js';

export interface AttachButtonProps {
  onFiles: (files: readonly File[]) => void;
}

/** Chooses files of the device. */
export function AttachButton({ onFiles }: AttachButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        label={attachmentTexts.attach}
        icon={<Paperclip size={19} />}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="attach"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same one may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
