import { expect, it } from 'vitest';
import { parseMarkdown, type MarkdownToken } from '../../src/messages/markdown.js';

const ID = '01997a3e-0000-7000-8000-000000000001';

function outline(tokens: readonly MarkdownToken[]): string[] {
  return tokens.flatMap(({ type, content, children }) => {
    if (children !== null) return outline(children);
    if (type.startsWith('paragraph') || (type === 'text' && content === '')) return [];
    return [content === '' ? type : `${type}:${content}`];
  });
}

it.each([
  [
    '**a** _b_ ~~c~~',
    'strong_open text:a strong_close text:  em_open text:b em_close text:  s_open text:c s_close',
  ],
  ['`**a**`', 'code_inline:**a**'],
  ['||a **b**||', 'spoiler_open text:a  strong_open text:b strong_close spoiler_close'],
  ['|| and ||', 'spoiler_open text: and  spoiler_close'],
  ['a || b', 'text:a || b'],
  ['||||', 'text:||||'],
  ['*a ||b* c||', 'text:*a  spoiler_open text:b* c spoiler_close'],
  [`<@${ID}>`, `mention:<@${ID}>`],
  [`\\<@${ID}>`, `text:<@${ID}>`],
  ['a\nb', 'text:a softbreak text:b'],
  ['https://a.example/b', 'link_open text:https://a.example/b link_close'],
  ['[a](javascript:alert(1))', 'text:[a](javascript:alert(1))'],
  ['[a](data:text/html,b)', 'text:[a](data:text/html,b)'],
  ['<b onclick="x">a</b>', 'text:<b onclick="x">a</b>'],
  ['![a](https://a.example/b.png)', 'text:! link_open text:a link_close'],
  ['# a', 'text:# a'],
  [
    'a | b\n:-|-:\n1 | ||2||',
    'table_open thead_open tr_open th_open text:a th_close th_open text:b th_close tr_close thead_close ' +
      'tbody_open tr_open td_open text:1 td_close td_open td_close tr_close tbody_close table_close',
  ],
  ['a | b', 'text:a | b'],
])('%j', (text, expected) => {
  expect(outline(parseMarkdown(text)).join(' ')).toBe(expected);
});
