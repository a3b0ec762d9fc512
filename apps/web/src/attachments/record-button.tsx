import { Mic } from 'lucide-react';
import { attachmentTexts } from '../texts/attachments/attachment-texts.js';
import { IconButton } from '../ui/icon-button.js';
import { useNotices } from '../ui/use-notices.js';
import { startRecording, type VoiceRecording } from './voice-recording.js';

/** Begins a voice message. */
export function RecordButton({ onRecording }: { onRecording: (recording: VoiceRecording) => void }) {
  const { notify } = useNotices();
  const texts = attachmentTexts.voice;
  const start = async () => {
    try {
      onRecording(await startRecording());
    } catch {
      notify(texts.noMicrophone, 'problem');
    }
  };
  return <IconButton label={texts.record} icon={<Mic size={19} />} onClick={() => void start()} />;
}
