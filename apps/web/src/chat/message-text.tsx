import { splitLinks } from './chat-message.js';

/** A message's text, its web addresses as links. */
export function MessageText({ text }: { text: string }) {
  return (
    <p>
      {splitLinks(text).map((part, index) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}
