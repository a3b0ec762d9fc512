import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messagesApi } from '../api/messages.js';
import { placesIn } from '../finding/places.js';
import { startQuery } from '../finding/start-query.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import type { MessageDialogProps } from './message-dialog-props.js';
import { newNonce } from './nonce.js';
import styles from './message-dialog.module.css';

const MOST = 30;

/** Passes a message on: into which channel or conversation, and with which words. */
export function ForwardDialog({ message, onClose }: MessageDialogProps) {
  const texts = messageTexts.forward;
  const { notify } = useNotices();
  const [query, setQuery] = useState('');
  const [target, setTarget] = useState<string>();
  const [text, setText] = useState('');
  // Pressed again after no answer came, it is passed on once.
  const [nonce] = useState(newNonce);
  const { data } = useQuery(startQuery);
  const places = (data === undefined ? [] : placesIn(data))
    .filter(({ kind }) => kind === 'channel' || kind === 'conversation')
    .filter(({ name }) => name.toLowerCase().includes(query.trim().toLowerCase()))
    .slice(0, MOST);
  const forward = useMutation({
    mutationFn: (channel_id: string) =>
      messagesApi.forward({
        ...{ channel_id, nonce, thread_id: null, text: text.trim() === '' ? null : text.trim() },
        from: { channel_id: message.channel_id, message_id: message.id },
      }),
    onSuccess: () => {
      notify(texts.done);
      onClose();
    },
  });
  return (
    <Dialog title={texts.title} description={texts.detail} open onOpenChange={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (target !== undefined) forward.mutate(target);
        }}
      >
        <input
          type="search"
          className={styles.input}
          aria-label={texts.find}
          placeholder={texts.find}
          dir="auto"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <fieldset className={styles.places} aria-label={texts.where}>
          {places.map(({ id, name, detail }) => (
            <label key={id} className={styles.place}>
              <input type="radio" name="place" checked={target === id} onChange={() => setTarget(id)} />
              <bdi>{name}</bdi>
              <span>{detail}</span>
            </label>
          ))}
        </fieldset>
        <input
          className={styles.input}
          aria-label={texts.words}
          placeholder={texts.words}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {forward.isError && <p role="alert">{problemText(forward.error)}</p>}
        <Button type="submit" look="primary" disabled={target === undefined || forward.isPending}>
          {texts.submit}
        </Button>
      </form>
    </Dialog>
  );
}
