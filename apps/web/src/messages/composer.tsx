import { MESSAGE_LENGTH, type Message } from '@parley/contract';
import { SendHorizontal, X } from 'lucide-react';
import { Suspense, useId, useMemo, useState, type KeyboardEvent, type RefObject } from 'react';
import { AttachButton } from '../attachments/attach-button.js';
import { dropFile, takeFiles } from '../attachments/chosen-files.js';
import { DropArea } from '../attachments/drop-area.js';
import { FileChips } from '../attachments/file-chips.js';
import { FileUpload } from '../attachments/file-upload.js';
import { RecordButton } from '../attachments/record-button.js';
import { useChosenFiles } from '../attachments/use-chosen-files.js';
import { VoiceRecorder } from '../attachments/voice-recorder.js';
import type { VoiceRecording } from '../attachments/voice-recording.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { IconButton } from '../ui/icon-button.js';
import { lazyPart } from '../ui/lazy-part.js';
import { EmojiButton } from './emoji-button.js';
import type { Chosen } from './mention-text.js';
import type { Outgoing } from './pending-message.js';
import { quoteOf } from './quote.js';
import type { MentionPlace } from './resolve-mentions.js';
import { TypingLine } from './typing-line.js';
import { useDraft } from './use-draft.js';
import { useTyping } from './use-typing.js';
import { WritingField } from './writing-field.js';
import styles from './composer.module.css';

export interface ComposerProps extends MentionPlace {
  /** Null for the channel itself. */
  threadId: string | null;
  /** The message that is answered. */
  answered: Message | undefined;
  onAnswered: (message: undefined) => void;
  /** Id of who writes. */
  me: string;
  onSend: (written: Pick<Outgoing, 'text' | 'chosen' | 'files'>) => void;
  /** ↑ in the empty field. */
  onEditLast: () => void;
  /** Whether it takes the focus when it appears. */
  takesFocus: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
}

const SendLater = lazyPart(async () => (await import('../scheduled/send-later.js')).SendLater);

/** So few characters left are told of. */
const FEW = 200;
const NONE: Chosen = new Map();

/** The field to write a message, or why one may not. */
export function Composer(props: ComposerProps) {
  const { community, channel, threadId, me, answered, onAnswered, onSend, onEditLast, takesFocus, field } =
    props;
  const place = useMemo(() => ({ channelId: channel.id, threadId }), [channel.id, threadId]);
  const [text, setText] = useDraft(me, place);
  const sayTyping = useTyping(place);
  const [chosen, setChosen] = useState<Chosen>(NONE);
  const { files, choose } = useChosenFiles(place);
  const [recording, setRecording] = useState<VoiceRecording>();
  const hint = useId();
  const texts = messageTexts.composer;

  if (!channel.permissions.includes(threadId === null ? 'send_messages' : 'send_in_threads')) {
    return <p className={styles.closed}>{channel.archived ? texts.archived : texts.mayNot}</p>;
  }

  const [label, placeholder] =
    community === undefined ? [texts.labelTo, texts.placeholderTo] : [texts.label, texts.placeholder];
  const left = MESSAGE_LENGTH - Array.from(text.trim()).length;
  const mayAttach = channel.permissions.includes('attach_files');
  const maySpeak = channel.permissions.includes('send_voice_messages');
  const isEmpty = text.trim() === '' && files.length === 0;
  const canSend = !isEmpty && left >= 0;
  const write = (next: string) => {
    setText(next);
    if (next.trim() !== '') sayTyping();
  };
  const send = () => {
    if (!canSend) return;
    onSend({ text: text.trim(), chosen, files: takeFiles(place) });
    write('');
    setChosen(NONE);
  };
  const insert = (emoji: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    write(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd));
    const caret = selectionStart + emoji.length;
    // Where a finger points, a keyboard would come up over the emoji.
    requestAnimationFrame(() => field.current?.setSelectionRange(caret, caret));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      onEditLast();
    }
    if (event.key === 'Escape' && answered !== undefined) {
      event.preventDefault();
      onAnswered(undefined);
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className={styles.area}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {answered !== undefined && (
        <p className={styles.answered}>
          <span>{texts.answering(answered.author?.name ?? messageTexts.messages.gone)}</span>
          <bdi>{quoteOf(answered, { community })}</bdi>
          <IconButton
            size="small"
            label={texts.notAnswering}
            icon={<X size={16} />}
            onClick={() => onAnswered(undefined)}
          />
        </p>
      )}
      {mayAttach && threadId === null && <DropArea channelName={channel.name} onFiles={choose} />}
      <FileChips files={files} onDrop={(file) => dropFile(place, file)} />
      {recording !== undefined && (
        <div className={styles.field}>
          <VoiceRecorder
            recording={recording}
            onRecorded={(recorded) => {
              const file = new FileUpload({ channelId: channel.id, ...recorded });
              onSend({ text: '', chosen: NONE, files: [file] });
            }}
            onEnd={() => setRecording(undefined)}
          />
        </div>
      )}
      <div
        className={styles.field}
        hidden={recording !== undefined}
        onPaste={(event) => {
          const pasted = [...event.clipboardData.files];
          if (!mayAttach || pasted.length === 0) return;
          event.preventDefault();
          choose(pasted);
        }}
      >
        {mayAttach && <AttachButton onFiles={choose} />}
        <WritingField
          ref={field}
          autoFocus={takesFocus}
          data-autofocus={takesFocus ? true : undefined}
          className={styles.input}
          data-testid={threadId === null ? 'composer' : 'thread-composer'}
          aria-label={threadId === null ? label(channel.name) : texts.threadLabel}
          aria-describedby={hint}
          aria-invalid={left < 0}
          placeholder={threadId === null ? placeholder(channel.name) : texts.threadPlaceholder}
          place={{ community, channel }}
          value={text}
          onText={write}
          chosen={chosen}
          onChosen={setChosen}
          onKey={onKeyDown}
        />
        <EmojiButton label={texts.emoji} onEmoji={insert} />
        {!isEmpty && (
          <Suspense>
            <SendLater
              {...{ community, channel, threadId, text, chosen }}
              replyToId={answered?.id ?? null}
              hasFiles={files.length > 0}
              isDisabled={!canSend}
              onScheduled={() => {
                write('');
                setChosen(NONE);
                onAnswered(undefined);
                field.current?.focus();
              }}
            />
          </Suspense>
        )}
        {maySpeak && isEmpty && <RecordButton onRecording={setRecording} />}
        <IconButton
          label={texts.send}
          type="submit"
          look={canSend ? 'active' : 'plain'}
          disabled={!canSend}
          icon={<SendHorizontal size={19} data-points-inline />}
        />
      </div>
      <div className={styles.below}>
        <TypingLine place={place} />
        <p id={hint} className={styles.hint} data-over={left < 0} aria-live="polite">
          {left < 0 && texts.tooLong(-left)}
          {left >= 0 && left <= FEW && texts.left(left)}
          {left > FEW && channel.slow_mode > 0 && texts.slowMode(channel.slow_mode)}
        </p>
      </div>
    </form>
  );
}
