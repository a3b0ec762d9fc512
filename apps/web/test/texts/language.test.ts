import ts from 'typescript';
import { afterEach, expect, it } from 'vitest';
import { addCatalogue, language, languageFor, showLanguage } from '../../src/texts/language.js';
import * as shared from '../../src/texts/texts.js';
import * as workspace from '../../src/texts/workspace/workspace-texts.js';

afterEach(() => showLanguage('en'));

it.each([
  ['system', ['de-AT', 'en'], 'de'],
  ['system', ['fr', 'DE'], 'de'],
  ['system', ['fr'], 'en'],
  ['system', [], 'en'],
  ['en', ['de'], 'en'],
] as const)('with %s and a browser in %j the page is in %s', (chosen, ofBrowser, expected) => {
  expect(languageFor(chosen, ofBrowser)).toBe(expected);
});

it('shows all texts in the language that is chosen', async () => {
  await showLanguage('de');
  expect(shared.texts.app.close).toBe('Schließen');
  expect(workspace.workspaceTexts.signIn.submit).toBe('Anmelden');
  await showLanguage('en');
  expect(shared.texts.app.close).toBe('Close');
});

it('of two languages asked for at once the later one is shown', async () => {
  await Promise.all([showLanguage('de'), showLanguage('en')]);
  expect(language.get()).toBe('en');
  expect(shared.texts.app.close).toBe('Close');
});

it('stays as it is when texts cannot be loaded', async () => {
  let isBroken = true;
  addCatalogue((next) =>
    isBroken && next === 'de' ? Promise.reject(new Error('offline')) : Promise.resolve(() => undefined),
  );
  await expect(showLanguage('de')).rejects.toThrow('offline');
  isBroken = false;
  expect(language.get()).toBe('en');
  expect(shared.texts.app.close).toBe('Close');
});

const sources = import.meta.glob<string>('../../src/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Where texts are read when a module is loaded: they would stay in the language of that moment. */
function readTooEarly(name: string, source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    if (
      ts.isPropertyDeclaration(node) &&
      node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) !== true
    )
      return;
    if (ts.isIdentifier(node) && /^(?:texts|workspaceTexts)$/u.test(node.text))
      found.push(node.parent.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

it('finds texts that are read too early, and no others', () => {
  const source =
    "import { texts } from './t.js'; const A = { a: texts.a }; function f() { return texts.b; } const g = () => texts.c;";
  expect(readTooEarly('x.tsx', source)).toEqual(['texts.a']);
});

it('no module reads texts before a language is chosen', () => {
  const early = Object.entries(sources)
    .filter(([path]) => !path.includes('/src/texts/'))
    .flatMap(([path, source]) => readTooEarly(path, source).map((text) => `${path}: ${text}`));
  expect(Object.keys(sources).length).toBeGreaterThan(100);
  expect(early).toEqual([]);
});
