import { Fragment, memo, useState, type ReactNode } from 'react';
import { messageTexts } from '../texts/messages/message-texts.js';
import { CodeBlock } from './code-block.js';
import { parseMarkdown, type MarkdownToken } from './markdown.js';
import styles from './message-text.module.css';

/** What a mention is called; undefined where it calls nobody. */
export type MentionName = (sign: string, id: string) => string | undefined;

export interface MessageTextProps {
  text: string;
  nameOf: MentionName;
}

/** A message's text. All of it is made of elements of React: nothing that somebody writes becomes HTML. */
export const MessageText = memo(function MessageText({ text, nameOf }: MessageTextProps) {
  return <div className={styles.text}>{nested(parseMarkdown(text), nameOf)}</div>;
});

interface Open {
  token: MarkdownToken;
  children: ReactNode[];
}

/** Tokens come in a row; those that open and close hold what stands between them. */
function nested(tokens: readonly MarkdownToken[], nameOf: MentionName): ReactNode[] {
  const top: ReactNode[] = [];
  const open: Open[] = [];
  tokens.forEach((token, index) => {
    if (token.nesting === 1) {
      open.push({ token, children: [] });
      return;
    }
    const closed = token.nesting === -1 ? open.pop() : undefined;
    const node =
      closed === undefined ? (
        <Leaf token={token} nameOf={nameOf} />
      ) : (
        <Container token={closed.token}>{closed.children}</Container>
      );
    (open.at(-1)?.children ?? top).push(<Fragment key={index}>{node}</Fragment>);
  });
  return top;
}

function Leaf({ token, nameOf }: { token: MarkdownToken; nameOf: MentionName }): ReactNode {
  switch (token.type) {
    case 'inline':
      return nested(token.children ?? [], nameOf);
    case 'softbreak':
    case 'hardbreak':
      return <br />;
    case 'code_inline':
      return <code dir="auto">{token.content}</code>;
    case 'fence':
      return <CodeBlock code={token.content} info={token.info} />;
    case 'mention': {
      const name = nameOf(token.info, String(token.attrGet('id')));
      if (name === undefined) return token.content;
      return (
        <bdi className={styles.mention}>
          {token.info.charAt(0)}
          {name}
        </bdi>
      );
    }
    default:
      return token.content;
  }
}

function Container({ token, children }: { token: MarkdownToken; children: ReactNode }): ReactNode {
  switch (token.type) {
    case 'paragraph_open':
      return token.hidden ? children : <p dir="auto">{children}</p>;
    case 'strong_open':
      return <strong>{children}</strong>;
    case 'em_open':
      return <em>{children}</em>;
    case 's_open':
      return <s>{children}</s>;
    case 'blockquote_open':
      return <blockquote dir="auto">{children}</blockquote>;
    case 'bullet_list_open':
      return <ul dir="auto">{children}</ul>;
    case 'ordered_list_open':
      return (
        <ol dir="auto" start={Number(token.attrGet('start') ?? 1)}>
          {children}
        </ol>
      );
    case 'list_item_open':
      return <li>{children}</li>;
    case 'link_open': {
      const href = String(token.attrGet('href') ?? '');
      return (
        <bdi>
          <a href={href} title={href} target="_blank" rel="noopener noreferrer nofollow">
            {children}
          </a>
        </bdi>
      );
    }
    case 'table_open':
      // Wide ones scroll by themselves; the focus lets keys do it.
      return (
        <div className={styles.table} role="group" aria-label={messageTexts.messages.table} tabIndex={0}>
          <table dir="auto">{children}</table>
        </div>
      );
    case 'thead_open':
      return <thead>{children}</thead>;
    case 'tbody_open':
      return <tbody>{children}</tbody>;
    case 'tr_open':
      return <tr>{children}</tr>;
    case 'th_open':
      return (
        <th scope="col" data-align={alignOf(token)}>
          {children}
        </th>
      );
    case 'td_open':
      return <td data-align={alignOf(token)}>{children}</td>;
    case 'spoiler_open':
      return <Spoiler>{children}</Spoiler>;
    default:
      return children;
  }
}

/** Of a column, as markdown-it says it; undefined where its author says nothing. */
function alignOf(token: MarkdownToken): string | undefined {
  return /left|center|right/u.exec(String(token.attrGet('style') ?? ''))?.[0];
}

/** Covered until one presses it. */
function Spoiler({ children }: { children: ReactNode }) {
  const [isShown, setShown] = useState(false);
  if (isShown) return <span className={styles.shown}>{children}</span>;
  return (
    <button
      type="button"
      className={styles.spoiler}
      aria-label={messageTexts.messages.spoiler}
      onClick={() => setShown(true)}
    >
      <span aria-hidden="true" inert>
        {children}
      </span>
    </button>
  );
}
