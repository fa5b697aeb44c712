import type { MountJob } from './job.ts';
import { fieldName } from './keeper-argument.ts';
import type { Constructor } from './module.ts';
import { baseOf } from './module.ts';

/** Go to paste where the tool does not dare to edit: what the places of a mounted module get. */
export function mountSnippet({ module }: MountJob): string {
  const { name, store, keeper } = module;
  const base = baseOf(module.module.path).replace(/[^A-Za-z0-9]/g, '');
  const types = `${base}types`;
  const lines: string[] = [];
  const say = (comment: string, code: string) => lines.push(`// ${comment}`, code, '');
  if (store) say('the store keys', `${types}.${store.name},`);
  if (keeper) {
    const field = fieldName(keeper);
    const star = keeper.result.pointer ? '*' : '';
    say("a field of the app's struct", `${field} ${star}${base}keeper.${keeper.result.name}`);
    say('where the keepers are made', `app.${field} = ${call(`${base}keeper`, keeper)}`);
  }
  say('the module manager', `${call(base, module.module)},`);
  say('each SetOrder… call that has to name it', `${types}.${name.name},`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function call(qualifier: string, { name, parameters }: Constructor): string {
  const given = parameters
    .filter(({ variadic }) => !variadic)
    .map(({ name: parameter, type }) => `/* ${parameter} ${type.text} */`);
  return `${qualifier}.${name}(${given.join(', ')})`;
}
