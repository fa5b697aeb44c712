import { readGuardOf } from '../../chain/guard.ts';
import { dirname } from '../../files.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import { keyedFields } from '../../go/edit/print.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { render } from '../../render.ts';
import { beforeMigrations, importInto } from '../handler/before-migrations.ts';
import { versionMapIn } from '../handler/version-map.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import type { Step } from '../task.ts';
import { newHandler } from '../upgrade/new-handler.ts';

/**
 * Has the new handler compare the versions of the modules that it migrates with those of the last
 * release, above RunMigrations. They are consensus data, so every node decides the same. A note says
 * why it does not, where there is something to compare.
 */
export function expectVersions(input: PlanInput, name: string, answers: Answers): readonly Step[] {
  const { analysis, app, base } = input;
  const isWanted = answers['app-version'] !== false && base !== undefined;
  const guard = isWanted ? readGuardOf(analysis.repo, app) : undefined;
  if (!base || !guard) return [];
  return [
    {
      name: 'expect the module versions of the last release',
      apply(draft) {
        const { now } = draft;
        const versions = now.chain.modules.flatMap(({ name: module, dir, consensusVersion }) => {
          const then = base.chain.modules.find(one => one.name === module && one.dir === dir);
          const from = then?.consensusVersion;
          return from != null && consensusVersion !== null && consensusVersion > from
            ? [{ key: quote(module), value: String(from) }]
            : [];
        });
        if (versions.length === 0) return [];
        const list = versions.map(({ key, value }) => `${key} at ${value}`).join(', ');
        const hindered = (why: string) => {
          draft.note(`the handler does not check that it meets ${list}: ${why}`);
          return [];
        };
        if (base.doubt !== undefined) return hindered(`${base.ref} is a doubtful baseline`);
        const shape = newHandler(now, app, name);
        if (!shape || !draft.changes(shape.facts.path))
          return hindered('it was not written for this upgrade alone');
        const changes = new EditBatch(draft.repo);
        const map = versionMapIn(changes, shape);
        if (!map) return hindered('it does not run the migrations itself');
        const here = dirname(shape.facts.path);
        const path = draft.repo.importPath(guard.dir)!;
        const spec = { path, alias: undefined };
        const called = importInto(draft.repo, changes, shape, spec, here);
        const text = render('guard/expect.go', {
          declared: map.declared ?? '',
          expect: `${called}.Expect`,
          map: map.name,
          versions: versionsLiteral(versions),
        });
        if (!beforeMigrations(changes, shape, text))
          return hindered('it runs no migrations in a statement of its own');
        for (const [file, changed] of changes.texts()) draft.texts.set(file, changed);
        return [];
      },
    },
  ];
}

function versionsLiteral(versions: readonly { key: string; value: string }[]): string {
  const [only, ...others] = versions;
  return only && others.length === 0
    ? `map[string]uint64{${only.key}: ${only.value}}`
    : `map[string]uint64{\n${keyedFields(versions, '\t')}\n}`;
}
