import { bodiesOf, entryWrites, handlersOf } from '../chain/handler-code.ts';
import { stringValue } from '../go/value.ts';
import type { AppSubject, Rule } from './rule.ts';
import { sameModule } from './same-module.ts';

/** A module's ConsensusVersion rose since the baseline and a step between has no migration (incidents.md R6). */
export const migrationGap: Rule = {
  name: 'migration-gap',
  severity: 'error',
  summary: 'a ConsensusVersion rose without a migration for each step',
  * check({ chain, base, apps }) {
    if (!base) return;
    const overridden = versionsWritten(apps);
    for (const module of chain.modules) {
      const before = sameModule(base.chain.modules, module);
      const [from, to] = [before?.consensusVersion, module.consensusVersion];
      if (from == null || to === null || to <= from || to <= 1 || !module.versionPlace) continue;
      const has = new Set(module.migrations.map(m => m.from));
      const missing = Array.from({ length: to - from }, (_, i) => from + i).filter(step => step > 0 && !has.has(step));
      if (missing.length === 0 || module.managed === false || overridden.has(module.name)) continue;
      const first = missing[0]!;
      yield {
        place: module.versionPlace, ...(apps.some(a => a.base?.far) ? { severity: 'info' as const } : {}),
        message: `x/${module.name} goes from version ${from} in ${base.ref} to ${to}, and no migration is registered from ${missing.join(', ')}; at the upgrade height the node stops: ${has.size === 0 ? `no migrations found for module ${module.name}` : `no migration found for module ${module.name} from version ${first} to version ${first + 1}`}`,
      };
    }
  },
};

/** The modules whose versions a pending handler writes itself: stride and others migrate by hand (wiring-styles.md 4.4). */
function versionsWritten(apps: readonly AppSubject[]): Set<string> {
  return new Set(apps.flatMap(({ repo, app, wiring, pending }) => handlersOf(repo, app, wiring).filter(h => pending.includes(h.upgrade))
    .flatMap(handler => bodiesOf(repo, handler).flatMap(body => entryWrites(body))).flatMap(({ key }) => {
      const name = stringValue(repo, key);
      return name.kind === 'known' ? [name.value] : [];
    })));
}
