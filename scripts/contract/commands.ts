import type { ObjectLiteralExpression } from 'ts-morph';
import { Node } from 'ts-morph';
import type { House, Problem } from './house.ts';
import { at, lineOf } from './house.ts';
import { readManifest } from './manifest.ts';

const file = 'extension/commands.ts';
const table = 'commandTable';

/**
 * What the extension registers and what package.json offers are the same commands, and menus name
 * only these.
 */
export function ensureCommands(house: House, problem: Problem): void {
  const literal = house.project
    .getSourceFile(`${house.root}/${file}`)
    ?.getVariableDeclaration(table)
    ?.getInitializer();
  if (!Node.isObjectLiteralExpression(literal))
    return problem(file, 1, `has no object ${table} with every command's id`);
  const registered = keysOf(literal);
  const { commands = [], menus = {}, keybindings = [] } = readManifest(house).contributes ?? {};
  const manifest = house.read('package.json') ?? '';
  const inManifest = (id: string, message: string) =>
    problem('package.json', lineOf(manifest, JSON.stringify(id)), message);

  for (const [id, node] of registered) {
    if (!commands.some(({ command }) => command === id))
      at(house, node, problem, `${id} is not in contributes.commands of package.json`);
  }
  for (const { command, category, title } of commands) {
    if (!registered.has(command))
      inManifest(command, `${command} is not in ${table} of ${file}: choosing it would fail`);
    if (category !== 'Chain Upgrade' || title.startsWith('Chain Upgrade'))
      inManifest(
        command,
        `${command}: the category is "Chain Upgrade", the title does not repeat it`,
      );
  }
  for (const { command } of [...Object.values(menus).flat(), ...keybindings]) {
    if (command?.startsWith('chainUpgrade.') && !registered.has(command))
      inManifest(command, `${command} is offered and does not exist`);
  }
}

function keysOf(literal: ObjectLiteralExpression): Map<string, Node> {
  return new Map(
    literal.getProperties().flatMap(property => {
      const name = Node.isPropertyAssignment(property) ? property.getNameNode() : undefined;
      return Node.isStringLiteral(name) ? [[name.getLiteralValue(), name] as const] : [];
    }),
  );
}
