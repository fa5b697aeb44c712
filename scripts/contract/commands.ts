import type { ObjectLiteralExpression } from 'ts-morph';
import { Node } from 'ts-morph';
import type { CodeBase, Report } from './code-base.ts';
import { lineOf, reportAt } from './code-base.ts';
import { readManifest } from './manifest.ts';
import { readTexts, shownText } from './manifest-texts.ts';

const file = 'extension/commands.ts';
const table = 'commandTable';
const aliasFile = 'extension/command-ids.ts';
const aliasTable = 'commandAliases';

/**
 * What the extension registers and what package.json offers are the same commands, and menus name
 * only these. Aliases lead to one of them and are not offered.
 */
export function ensureCommands(codeBase: CodeBase, report: Report): void {
  const literal = objectNamed(codeBase, file, table);
  if (!literal) {
    report(file, 1, `has no object ${table} with every command's id`);
    return;
  }
  const registered = keysOf(literal);
  ensureAliases(codeBase, registered, report);
  const { commands = [], menus = {}, keybindings = [] } = readManifest(codeBase).contributes ?? {};
  const texts = readTexts(codeBase);
  const manifest = codeBase.read('package.json') ?? '';
  const inManifest = (id: string, message: string) =>
    report('package.json', lineOf(manifest, JSON.stringify(id)), message);

  for (const [id, node] of registered) {
    if (!commands.some(({ command }) => command === id))
      reportAt(codeBase, node, report, `${id} is not in contributes.commands of package.json`);
  }
  for (const { command, category, title } of commands) {
    if (!registered.has(command))
      inManifest(command, `${command} is not in ${table} of ${file}: choosing it would fail`);
    if (category !== 'Chain Upgrade' || shownText(texts, title).startsWith('Chain Upgrade')) {
      const message = 'the category is "Chain Upgrade", the title does not repeat it';
      inManifest(command, `${command}: ${message}`);
    }
  }
  for (const { command } of [...Object.values(menus).flat(), ...keybindings]) {
    if (command?.startsWith('chainUpgrade.') && !registered.has(command))
      inManifest(command, `${command} is offered and does not exist`);
  }
}

/** An alias is registered beside the commands, and its event starts the extension. */
function ensureAliases(
  codeBase: CodeBase,
  registered: ReadonlyMap<string, Node>,
  report: Report,
): void {
  const { activationEvents = [] } = readManifest(codeBase);
  for (const property of objectNamed(codeBase, aliasFile, aliasTable)?.getProperties() ?? []) {
    const [alias, id] = Node.isPropertyAssignment(property)
      ? [property.getNameNode(), property.getInitializer()].map(textOf)
      : [];
    const fault = (message: string) => reportAt(codeBase, property, report, message);
    if (alias === undefined || id === undefined) {
      fault(`${aliasTable} holds something else than ids`);
      continue;
    }
    if (registered.has(alias)) fault(`${alias} is a command and an alias`);
    if (!registered.has(id)) fault(`${alias} leads to ${id}, which is not in ${table}`);
    if (!activationEvents.includes(`onCommand:${alias}`))
      fault(`onCommand:${alias} is not in activationEvents of package.json`);
  }
}

function textOf(node: Node | undefined): string | undefined {
  return Node.isStringLiteral(node) ? node.getLiteralValue() : undefined;
}

function objectNamed(
  codeBase: CodeBase,
  path: string,
  name: string,
): ObjectLiteralExpression | undefined {
  const value = codeBase.project
    .getSourceFile(`${codeBase.root}/${path}`)
    ?.getVariableDeclaration(name)
    ?.getInitializer();
  return Node.isObjectLiteralExpression(value) ? value : undefined;
}

function keysOf(literal: ObjectLiteralExpression): Map<string, Node> {
  return new Map(
    literal.getProperties().flatMap(property => {
      const name = Node.isPropertyAssignment(property) ? property.getNameNode() : undefined;
      return Node.isStringLiteral(name) ? [[name.getLiteralValue(), name] as const] : [];
    }),
  );
}
