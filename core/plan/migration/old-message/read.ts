import { sameModule } from '../../../chain/compare.ts';
import { basename } from '../../../files.ts';
import { Refusal } from '../../../refusal.ts';
import type { PlanInput } from '../../plan-input.ts';
import type { Answers } from '../../question.ts';
import type { Sources } from '../../task.ts';
import { bodyAsked } from '../asked-body.ts';
import { findModule, rootOf } from '../find-module.ts';
import { askedType } from './asked-type.ts';
import type { OldType } from './compare.ts';
import { compareMessages } from './compare.ts';
import { GeneratedCode } from './generated-code.ts';
import { todayIn } from './message.ts';

/** Reads the generated code that a migration with an old type needs, where one is asked for. */
export async function readOldType(
  input: PlanInput,
  answers: Answers,
  { now: files, base }: Sources,
): Promise<{ oldType?: OldType }> {
  const body = bodyAsked(answers);
  if ('error' in body || body.body !== 'old-type') return {};
  const asked = askedType(String(answers['old-type']));
  const { repo, chain } = input.analysis;
  const { generation } = input.app.sdk;
  if ('error' in asked) throw new Refusal(asked.error);
  if (!('chain' in base))
    throw new Refusal(
      `there is no last release whose ${asked.name} could be kept (${base.reason}); ` +
        'name one with --base',
    );
  const module = findModule(repo, chain, String(answers['module'] ?? ''));
  const root = rootOf(module.dir);
  const before = sameModule(base.chain.modules, module);
  if (!before)
    throw new Refusal(
      `${module.name} was not there in ${base.ref}, so there is no state of it to migrate`,
      { file: module.dir },
    );
  const [now, then] = [new GeneratedCode(files, repo), new GeneratedCode(base.files, repo)];
  const dir = only(await now.holding(root, asked.name), asked, root, 'this repository');
  const oldRoot = rootOf(before.dir);
  const moved = oldRoot + dir.slice(root.length);
  const oldDirs = await then.holding(oldRoot, asked.name);
  const oldDir = oldDirs.includes(moved) ? moved : only(oldDirs, asked, oldRoot, base.ref);
  const { facts } = (await now.declared(dir, asked.name))!;
  if (!facts.text.includes(`func (m *${asked.name}) Marshal() (`))
    throw new Refusal(
      `${facts.path} gives ${asked.name} no Marshal of its own, as gogoproto does; write the ` +
        'migration by hand',
      { file: facts.path },
    );
  const today = todayIn(repo, {
    gogoproto: facts.text.includes('"github.com/cosmos/gogoproto/'),
    math: generation !== null && Number(generation.slice(2)) >= 50,
  });
  const change = await compareMessages({ repo, then, now, today }, dir, oldDir, asked.name);
  if (!change)
    throw new Refusal(
      `${asked.name} is what it was in ${base.ref}, so there is nothing to migrate`,
      { file: facts.path },
    );
  return { oldType: { change, prefix: asked.prefix, ref: base.ref, today } };
}

function only(
  dirs: readonly string[],
  { package: pkg, name }: { readonly package: string | undefined; readonly name: string },
  root: string,
  where: string,
): string {
  const fit = dirs.filter(
    dir => pkg === undefined || basename(dir) === pkg || dir.endsWith(`/${pkg}`),
  );
  const types = fit.filter(dir => dir === `${root}/types`);
  const [found, ...more] = types.length > 0 ? types : fit;
  const asked = pkg === undefined ? name : `${pkg}.${name}`;
  if (found === undefined)
    throw new Refusal(
      `no generated code (.pb.go) in ${root} of ${where} declares a message ${asked}`,
      { file: root },
    );
  if (more.length > 0)
    throw new Refusal(
      `${fit.join(' and ')} of ${where} declare a message ${name}; ` +
        `name one with its package, such as ${basename(found)}.${name}`,
      { file: root },
    );
  return found;
}
