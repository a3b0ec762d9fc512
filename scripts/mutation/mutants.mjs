import ts from 'typescript';

/**
 * @typedef {object} Mutant A small mistake that could be made in a source file.
 * @property {number} start Offset of the text replaced.
 * @property {number} end Offset after it.
 * @property {string} replacement
 * @property {string} operator What kind of mistake it is.
 */

/** What each operator may be mistaken for. */
const SWAPPED = new Map([
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '/'],
  [ts.SyntaxKind.SlashToken, '*'],
  [ts.SyntaxKind.PlusEqualsToken, '-='],
  [ts.SyntaxKind.MinusEqualsToken, '+='],
]);

/**
 * Every mistake that this tool knows how to make in a file: conditions that always or never hold, operators swapped,
 * statements left out, flags inverted. Types and imports are left alone.
 *
 * @param {string} text TypeScript.
 * @returns {Mutant[]} In the order of the text.
 */
export function mutantsOf(text) {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  /** @type {Mutant[]} */
  const mutants = [];

  /** @param {ts.Node} node @param {string} replacement @param {string} operator */
  const add = (node, replacement, operator) => {
    mutants.push({ start: node.getStart(source), end: node.getEnd(), replacement, operator });
  };

  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
      const condition = ts.isIfStatement(node) ? node.expression : node.condition;
      add(condition, 'true', 'always');
      add(condition, 'false', 'never');
    }
    if (ts.isBinaryExpression(node)) {
      const swapped = SWAPPED.get(node.operatorToken.kind);
      if (swapped !== undefined) add(node.operatorToken, swapped, 'operator');
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      add(node, `(${node.operand.getText(source)})`, 'negation');
    }
    if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false', 'flag');
    if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true', 'flag');
    if (ts.isExpressionStatement(node) && !isSuperCall(node)) add(node, ';', 'left out');
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return mutants;
}

/**
 * @param {string} text
 * @param {Mutant} mutant One of the text's.
 */
export function applyMutant(text, { start, end, replacement }) {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** A class that does not call its base's constructor fails as soon as it is made, which shows nothing. */
/** @param {ts.ExpressionStatement} statement */
function isSuperCall({ expression }) {
  return ts.isCallExpression(expression) && expression.expression.kind === ts.SyntaxKind.SuperKeyword;
}
