import { appFolders, callsIn } from '../../../chain/app/app-code.ts';
import { indentAt, lineEnd } from '../../../go/edit/edit.ts';
import { statementAround } from '../../../go/edit/repairs.ts';
import { goNode } from '../../../go/eval/go-node.ts';
import { Refusal } from '../../../refusal.ts';
import type { MountJob } from '../job.ts';
import { importAll } from '../job.ts';
import { qualified } from '../scope.ts';
import { isOfRepository } from './neighbour.ts';

/** Registers the module's part of x/params, below those of its neighbours. */
export function addSubspace(job: MountJob): void {
  const { repo, app, module, changes } = job;
  const calls = callsIn(repo, appFolders(repo, app.dir), ['Subspace'])
    .map(({ call }) => goNode(call))
    .filter(
      call =>
        call.arguments.length === 1 && statementAround(call.node).type === 'expression_statement',
    );
  const own = calls.filter(call => isOfRepository(repo, call.arguments[0]!)).at(-1);
  const model = own ?? calls.at(-1);
  if (!model)
    throw new Refusal('this app registers no parameters of x/params that can be added to', {
      file: app.dir,
    });
  const { facts } = model;
  const statement = statementAround(model.node);
  const constant = qualified(repo, app, facts, module.name.path, module.name.name);
  importAll(job, facts, constant.imports);
  const end = lineEnd(facts.text, statement.end);
  const indent = indentAt(facts.text, statement.start);
  changes.edit(facts.path, end, end, `${indent}${model.callee!.text}(${constant.text})\n`);
}
