import { splitLinks } from './chat-message.js';

/**
 * A message's text, its web addresses as links. Each stands apart from the directions around it, so that a message
 * cannot turn round what a link says, nor the line after it.
 */
export function MessageText({ text }: { text: string }) {
  return (
    <p dir="auto">
      {splitLinks(text).map((part, index) =>
        part.href === undefined ? (
          part.text
        ) : (
          <bdi key={index}>
            <a href={part.href} target="_blank" rel="noopener noreferrer">
              {part.text}
            </a>
          </bdi>
        ),
      )}
    </p>
  );
}
