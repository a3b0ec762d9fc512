import ts from 'typescript';
import { expect, it } from 'vitest';

const sources = import.meta.glob<string>('../../src/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
/** Attributes and properties whose value people see or hear. */
const SEEN = ['label', 'aria-label', 'aria-description', 'title', 'hint', 'placeholder', 'alt', 'detail'];
const A_WORD = /\p{L}{2}/u;
const A_SENTENCE = /^\p{Lu}\p{L}*[ ,:].*\p{L}/u;

/** Texts for people that stand in a source instead of the catalogue. */
function textsIn(name: string, source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    // What is thrown is for developers.
    if (ts.isNewExpression(node) && /Error$|Exception$/u.test(node.expression.getText())) return;
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) return;
    if (ts.isImportDeclaration(node)) return;
    if (ts.isJsxText(node) && A_WORD.test(node.text)) found.push(node.text.trim());
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const text = ts.isTemplateExpression(node) ? node.getText().slice(1, -1) : node.text;
      const of = node.parent;
      const isSeen =
        (ts.isJsxAttribute(of) || ts.isPropertyAssignment(of)) && SEEN.includes(of.name.getText());
      if (isSeen ? A_WORD.test(text) : A_SENTENCE.test(text)) found.push(text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

it('finds texts wherever they can stand', () => {
  const source =
    'const a = <p title="Hello">Good {x} <b hint={`Sit ${down}`} /></p>; say("Sit down"); f("a b");';
  expect(textsIn('x.tsx', source)).toEqual(['Hello', 'Good', 'Sit ${down}', 'Sit down']);
});

it('every text for people stands in the catalogue', () => {
  const outside = Object.entries(sources)
    .filter(([path]) => !path.includes('/src/texts/'))
    .flatMap(([path, source]) =>
      textsIn(path, source).map((text) => `${path.replace('../../', '')}: ${text}`),
    );
  expect(Object.keys(sources).length).toBeGreaterThan(100);
  expect(outside).toEqual([]);
});
