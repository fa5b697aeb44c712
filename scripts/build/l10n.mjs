// The messages of the extension in English, for translators: every text that is given to `l10n.t`.
// Run by hand after a message changed: `node scripts/build/l10n.mjs`.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

/** Where the bundle lies, from the root. */
export const bundleFile = 'l10n/bundle.l10n.json';

/**
 * The bundle of the messages of a root's `extension/`, as text. Throws with the place of every call
 * that cannot be translated.
 */
export function messageBundle(root) {
  const read = sourcesIn(root).map(file =>
    messagesIn(file, readFileSync(join(root, file), 'utf8')),
  );
  const faults = read.flatMap(({ faults }) => faults);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const messages = [...new Set(read.flatMap(({ messages }) => messages))].sort();
  const entries = Object.fromEntries(messages.map(message => [message, message]));
  return `${JSON.stringify(entries, null, 2)}\n`;
}

/** The TypeScript files of a root's `extension/`, from the root. */
export function sourcesIn(root) {
  return readdirSync(join(root, 'extension'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => `extension/${file.replaceAll('\\', '/')}`)
    .sort();
}

/** The messages of one file, and what is wrong with its calls of `l10n.t`. */
export function messagesIn(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const messages = [];
  const faults = [];
  const visit = node => {
    if (ts.isIdentifier(node) && node.text === 'l10n' && !isImported(node)) {
      const call = callAround(node);
      const why = call ? faultOf(call) : otherUse(node);
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      if (why) faults.push(`${file}:${line + 1}: ${why}`);
      else messages.push(literalText(call.arguments[0]));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { messages, faults };
}

/** Whether it is only imported, and under its own name. */
function isImported({ parent }) {
  return ts.isImportSpecifier(parent) && parent.propertyName === undefined;
}

function otherUse({ parent }) {
  return ts.isImportSpecifier(parent)
    ? 'l10n has to be imported under its own name'
    : 'l10n is only for calls of l10n.t';
}

/** The call `l10n.t(…)` that an identifier begins. */
function callAround(identifier) {
  const access = identifier.parent;
  const isMethod = ts.isPropertyAccessExpression(access) && access.name.text === 't';
  const call = access.parent;
  return isMethod && ts.isCallExpression(call) && call.expression === access ? call : undefined;
}

/** Why a call cannot be translated; undefined where it can. */
function faultOf({ arguments: [message, ...values] }) {
  const text = message && literalText(message);
  if (text === undefined) return 'the first argument of l10n.t has to be literal text';
  if (values.some(value => ts.isSpreadElement(value) || ts.isObjectLiteralExpression(value)))
    return 'the values of l10n.t have to be given one by one';
  if (values.some(isTranslated))
    return 'a value of l10n.t has to be no translated text: languages put sentences together otherwise';
  const named = new Set([...text.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name));
  const given = values.map((_, i) => String(i));
  return named.size === given.length && given.every(name => named.has(name))
    ? undefined
    : `the placeholders of "${text}" do not match its ${given.length} value(s)`;
}

/** Whether a call of `l10n.t` is part of an expression. */
function isTranslated(node) {
  const isIt = ts.isIdentifier(node) && node.text === 'l10n';
  return isIt || (ts.forEachChild(node, child => isTranslated(child) || undefined) ?? false);
}

/** A text that is written out, also in pieces; undefined of all else. */
function literalText(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken)
    return undefined;
  const [left, right] = [literalText(node.left), literalText(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = resolve(import.meta.dirname, '../..');
  const text = messageBundle(root);
  mkdirSync(join(root, 'l10n'), { recursive: true });
  writeFileSync(join(root, bundleFile), text);
}
