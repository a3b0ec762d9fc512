import type { Room, TextStreamReader } from 'livekit-client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNotices } from '../ui/use-notices.js';
import { addMessage, MESSAGE_LIMIT, type ChatMessage } from './chat-message.js';

export interface Chat {
  messages: readonly ChatMessage[];
  /** Messages of others that came while the panel was closed. */
  unread: number;
  send: (text: string) => void;
  /** Sends a message again that did not reach the room. */
  retry: (message: ChatMessage) => void;
}

/** The text stream topic that LiveKit's own clients use for messages. */
const TOPIC = 'lk.chat';

/** The room's messages. They live as long as the call: who comes later does not see the earlier ones. */
export function useChat(room: Room, isOpen: boolean): Chat {
  const { notify, announce } = useNotices();
  const [messages, setMessages] = useState<readonly ChatMessage[]>([]);
  const [unread, setUnread] = useState(0);
  const nextId = useRef(0);
  const open = useRef(isOpen);
  useEffect(() => {
    open.current = isOpen;
  }, [isOpen]);

  useEffect(() => {
    const receive = async (reader: TextStreamReader, identity: string) => {
      const text = await readLimited(reader);
      if (text.trim() === '') return;
      const name = room.remoteParticipants.get(identity)?.name ?? '';
      const message: ChatMessage = {
        // Senders choose their stream's id: without the identity one could replace a message of another.
        id: `from:${identity}:${reader.info.id}`,
        identity,
        name: name === '' ? identity : name,
        text,
        time: Date.now(),
        isOwn: false,
        state: 'sent',
      };
      setMessages((current) => addMessage(current, message));
      const spoken = `${message.name}: ${text}`;
      if (open.current) {
        announce(spoken);
        return;
      }
      setUnread((count) => count + 1);
      notify(spoken.length > 120 ? `${spoken.slice(0, 119)}…` : spoken);
    };
    room.registerTextStreamHandler(TOPIC, (reader, { identity }) => {
      // A stream that its sender breaks off is no message.
      receive(reader, identity).catch(() => undefined);
    });
    return () => room.unregisterTextStreamHandler(TOPIC);
  }, [room, notify, announce]);

  const deliver = useCallback(
    (message: ChatMessage) => {
      setMessages((current) => addMessage(current, { ...message, state: 'sending' }));
      room.localParticipant.sendText(message.text, { topic: TOPIC }).then(
        () => setMessages((current) => addMessage(current, { ...message, state: 'sent' })),
        () => {
          setMessages((current) => addMessage(current, { ...message, state: 'failed' }));
          announce('Your message was not sent');
        },
      );
    },
    [room, announce],
  );

  const send = useCallback(
    (text: string) => {
      const { identity, name } = room.localParticipant;
      const id = `own:${nextId.current++}`;
      deliver({
        id,
        identity,
        name: name ?? identity,
        text,
        time: Date.now(),
        isOwn: true,
        state: 'sending',
      });
    },
    [room, deliver],
  );

  if (isOpen && unread !== 0) setUnread(0);
  return { messages, unread, send, retry: deliver };
}

/** Reads a stream up to the limit: what one sender sends must not fill the memory of the others. */
async function readLimited(reader: TextStreamReader): Promise<string> {
  let text = '';
  for await (const part of reader) {
    text += part;
    if (text.length >= MESSAGE_LIMIT) return text.slice(0, MESSAGE_LIMIT);
  }
  return text;
}
