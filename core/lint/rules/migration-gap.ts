import { bodiesOf, entryWrites, handlersOf } from '../../chain/app/handler-code.ts';
import type { Module } from '../../chain/chain.ts';
import { sameModule } from '../../chain/compare.ts';
import { indentAt, lineStart } from '../../go/edit/edit.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { childByField, childrenByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import type { AppContext, Rule, SuggestedFix } from '../rule.ts';

/**
 * A module's ConsensusVersion rose since the baseline and a step between has no migration
 * (incidents.md R6).
 */
export const migrationGap: Rule = {
  name: 'migration-gap',
  severity: 'error',
  summary: 'a ConsensusVersion rose without a migration for each step',
  *check({ repo, chain, base, apps }) {
    if (!base) return;
    const overridden = versionsWritten(apps);
    for (const module of chain.modules) {
      const before = sameModule(base.chain.modules, module);
      const [from, to] = [before?.consensusVersion, module.consensusVersion];
      if (from == null || to === null || to <= from || to <= 1 || !module.versionPlace) continue;
      const has = new Set(module.migrations.map(m => m.from));
      const missing = Array.from({ length: to - from }, (_, i) => from + i).filter(
        step => step > 0 && !has.has(step),
      );
      if (missing.length === 0 || module.managed === false || overridden.has(module.name)) continue;
      const first = missing[0]!;
      yield {
        location: module.versionPlace,
        ...(apps.some(a => a.base?.far) ? { severity: 'info' as const } : {}),
        message: `x/${module.name} goes from version ${from} in ${base.ref} to ${to}, and no migration is registered from ${missing.join(', ')}; at the upgrade height the node stops: ${has.size === 0 ? `no migrations found for module ${module.name}` : `no migration found for module ${module.name} from version ${first} to version ${first + 1}`}`,
        fixes: registerFix(repo, module, missing),
      };
    }
  },
};

/**
 * The modules whose versions a pending handler writes itself: stride and others migrate by hand
 * (wiring-styles.md 4.4).
 */
function versionsWritten(apps: readonly AppContext[]): Set<string> {
  return new Set(
    apps.flatMap(({ repo, app, wiring, pending }) =>
      handlersOf(repo, app, wiring)
        .filter(h => pending.includes(h.upgrade))
        .flatMap(handler => bodiesOf(repo, handler).flatMap(body => entryWrites(body)))
        .flatMap(({ key }) => {
          const name = stringValue(repo, key);
          return name.kind === 'known' ? [name.value] : [];
        }),
    ),
  );
}

/**
 * Registers a migration that does nothing for each missing step, at the end of RegisterServices.
 */
function registerFix(repo: Repo, module: Module, missing: readonly number[]): SuggestedFix[] {
  const services = repo
    .functions(module.dir, 'RegisterServices')
    .filter(({ func }) => func.receiver && func.syntax);
  const only = services.length === 1 ? services[0]! : undefined;
  const fn = only?.func.syntax;
  const body = childByField(fn, 'body');
  const parameter = namedChildren(childByField(fn, 'parameters'))[0];
  const type = childByField(parameter, 'type');
  const cfg = childrenByField(parameter, 'name')[0];
  if (!only || !body || !type || !cfg) return [];
  const { facts } = only;
  const text = (node: { start: number; end: number }) => facts.text.slice(node.start, node.end);
  // `Name()` says how this module spells its name.
  const named = repo
    .functions(module.dir, 'Name')
    .find(({ facts: f, func }) => f === facts && func.receiver && func.syntax);
  const result = named && findAll(named.func.syntax, 'return_statement')[0];
  const name = result && text(namedChildren(result)[0]!);
  if (!/\.Configurator$/.test(text(type)) || text(cfg) === '_' || !name) return [];
  return [
    {
      title: `Register a migration that does nothing from ${missing.join(', ')}`,
      edit(changes) {
        const wanted = freeImport(repo, facts, {
          path: 'github.com/cosmos/cosmos-sdk/types',
          alias: 'sdk',
        });
        const sdk = wanted.alias ?? 'types';
        changes.import(facts.path, wanted);
        const calls = missing.map(
          from =>
            `if err := ${text(cfg)}.RegisterMigration(${name}, ${from}, func(${sdk}.Context) error { return nil }); err != nil {\n\tpanic(err)\n}`,
        );
        const empty = text(body).trim() === '{}';
        const close = empty ? body.end - 1 : lineStart(facts.text, body.end - 1);
        const indent = indentAt(facts.text, fn!.start) + '\t';
        const lines = calls.join('\n').replace(/^(?=.)/gm, indent);
        changes.edit(facts.path, close, close, empty ? `\n${lines}\n` : `${lines}\n`);
      },
    },
  ];
}
