import type { App } from '../../chain/chain.ts';
import { indentAt, lineEnd } from '../../go/edit/edit.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { Rule, SuggestedFix } from '../rule.ts';

/**
 * From 0.50 on x/upgrade runs in the pre-blocker, before that in the begin-blocker, first of all
 * (incidents.md R13, live-chain.md 7).
 */
export const preblockerWiring: Rule = {
  name: 'preblocker-wiring',
  severity: 'error',
  summary: 'x/upgrade is not run, or not first',
  *check({ apps }) {
    for (const { repo, app, wiring } of apps) {
      const { generation } = app.sdk;
      if (!generation || app.upgrades.every(u => !u.registered)) continue;
      const kind = generationIsBefore(generation, '0.50') ? 'BeginBlockers' : 'PreBlockers';
      for (const order of app.orders.filter(o => o.kind === kind && o.names.length > 1)) {
        const [first] = order.names;
        if (
          first === undefined ||
          first.name === null ||
          first.name === 'upgrade' ||
          !order.names.some(n => n.name === 'upgrade')
        )
          continue;
        yield {
          location: order.location,
          severity: 'info',
          message: `"${first.name}" runs before "upgrade" here; at the upgrade height it still runs on the old state with the new code`,
        };
      }
      if (kind === 'PreBlockers' && app.preBlocker) continue;
      // The runtime module sets both by itself.
      const files = repo.filesOf(app.dir);
      const setter = kind === 'PreBlockers' ? 'SetBeginBlocker' : 'SetEndBlocker';
      const runtime = files.some(f => /^\s*\*?runtime\.App\b/m.test(f.text));
      const sets = (name: string) => (f: FileFacts) => new RegExp(`\\b${name}\\(`).test(f.text);
      const manual = files.find(sets(setter));
      if (
        runtime ||
        !manual ||
        wiring.registrations.length === 0 ||
        (kind === 'BeginBlockers' && files.some(sets('SetBeginBlocker')))
      )
        continue;
      const at = manual.text.indexOf(`${setter}(`);
      const line = manual.text.slice(0, at).split('\n');
      yield {
        location: {
          file: manual.path,
          start: at,
          end: at + setter.length,
          line: line.length,
          column: line.at(-1)!.length + 1,
        },
        message:
          kind === 'PreBlockers'
            ? 'this app sets no pre-blocker, and x/upgrade runs there since SDK 0.50; plans are never executed, and a node runs through the upgrade height without a word'
            : 'this app sets no begin-blocker, and x/upgrade runs there up to SDK 0.47; plans are never executed, and a node runs through the upgrade height without a word',
        fixes: setFix(
          repo,
          app,
          manual,
          at,
          kind === 'PreBlockers' ? 'PreBlocker' : 'BeginBlocker',
        ),
      };
    }
  },
};

/** Sets the app's own blocker of that name, where it has one. */
function setFix(
  repo: Repo,
  app: App,
  { path, text }: FileFacts,
  at: number,
  name: 'PreBlocker' | 'BeginBlocker',
): SuggestedFix[] {
  const has = repo.functions(app.dir, name).some(({ func }) => func.receiver?.type === app.type);
  const owner = /(\w+)\.$/.exec(text.slice(0, at))?.[1];
  if (!has || !owner) return [];
  return [
    {
      title: `Set ${owner}.${name}`,
      edit(changes) {
        const end = lineEnd(text, at);
        changes.edit(
          path,
          end,
          end,
          `${indentAt(text, at)}${owner}.Set${name}(${owner}.${name})\n`,
        );
      },
    },
  ];
}
