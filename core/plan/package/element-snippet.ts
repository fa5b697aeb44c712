import { dirname } from '../../files.ts';
import { indentRest } from '../../go/edit/edit.ts';
import type { Expr } from '../../go/eval/value.ts';
import { textOf } from '../../go/eval/value.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { Registration } from '../../wiring/style.ts';
import { renderHandler } from '../handler/handler.ts';
import { registeredHandler } from '../handler/handler-shape.ts';
import { isReusable } from '../handler/reusable.ts';
import type { Job } from '../upgrade/job.ts';

/** What to paste where a list cannot be extended safely, and where. */
export function elementSnippet(
  job: Job,
  registration: Registration,
): { file: string; line: number; snippet: string } {
  const { list, place } = registration;
  const type = list?.element ? elementTypeIn(place.facts, list.element) : 'upgrades.Upgrade';
  const nameField = list?.nameField ?? 'UpgradeName';
  const handlerField = list?.handlerField ?? 'CreateUpgradeHandler';
  const handler = indentRest(handlerText(job, registration), '\t');
  return {
    ...lineOf(place),
    snippet: `${type}{\n\t${nameField}: "${job.name}",\n\t${handlerField}: ${handler},\n}`,
  };
}

/** How a file writes an element's type: one of another package is called by that package's name. */
function elementTypeIn({ path }: FileFacts, type: Expr): string {
  const pointer = textOf(type).startsWith('*') ? '&' : '';
  const written = textOf(type).replace(/^\*/, '');
  const isNear = dirname(type.facts.path) === dirname(path) || written.includes('.');
  return pointer + (isNear ? written : `${type.facts.package}.${written}`);
}

/** The file and line of an expression. */
export function lineOf({ facts, node }: Expr): { file: string; line: number } {
  const { file, line } = locationOf(facts, node);
  return { file, line };
}

/** A handler that is there and serves several upgrades, else one that runs migrations. */
function handlerText({ repo, wiring, name }: Job, registration: Registration): string {
  const { registrations } = wiring;
  const { path } = registration.place.facts;
  const common = registrations.find(
    other => other.handler?.facts.path === path && isReusable(repo, other, registrations),
  );
  if (common?.handler) return textOf(common.handler);
  const signature = registeredHandler(repo, registration);
  if (!signature) return 'CreateUpgradeHandler';
  const request = { name, shapes: [signature], signature, ident: undefined };
  return renderHandler(repo, { ...request, parameters: 'all', inReach: new Set() }).text;
}
