import { indentRest } from '../../go/edit/edit.ts';
import type { Expr } from '../../go/eval/value.ts';
import { textOf } from '../../go/eval/value.ts';
import { locationOf } from '../../go/source/location.ts';
import { elementType, listLiteral } from '../../wiring/registration/lists.ts';
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
  const found = list && listLiteral(job.repo, list.literal);
  const type = found ? elementType(found) : 'upgrades.Upgrade';
  const nameField = list?.nameField ?? 'UpgradeName';
  const handlerField = list?.handlerField ?? 'CreateUpgradeHandler';
  const handler = indentRest(handlerText(job, registration), '\t');
  return {
    ...lineOf(place),
    snippet: `${type}{\n\t${nameField}: "${job.name}",\n\t${handlerField}: ${handler},\n}`,
  };
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
