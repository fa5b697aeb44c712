import type { App } from '../../chain/chain.ts';
import type { Eras } from '../../chain/eras/eras.ts';
import { readErasOf } from '../../chain/eras/eras.ts';
import type { EraName } from '../../chain/eras/names.ts';
import type { EraSwitch } from '../../chain/eras/switches.ts';
import { plural } from '../../plural.ts';
import { lackingEras, sinceText } from '../era-words.ts';
import type { LintedRepo } from '../linted-repo.ts';
import { nodeId, nodeIds } from './node-ids.ts';
import type { ViewNode } from './view-node.ts';

/** The line of an app's eras, with the eras and switches below; none where it has no framework. */
export function eraNodes({ repo }: LintedRepo, app: App, above: string): ViewNode[] {
  const eras = readErasOf(repo, app);
  if (!eras) return [];
  const id = nodeId(above, 'eras');
  const facts = [
    plural(eras.supported.length, 'era'),
    plural(eras.switches.length, 'switch', 'switches'),
    ...(eras.isWhole ? [] : ['not all eras are read']),
  ];
  const eraIds = nodeIds(
    id,
    'era',
    eras.supported.map(({ name }) => name ?? ''),
  );
  const switchIds = nodeIds(
    id,
    'switch',
    eras.switches.map(({ name }) => name ?? ''),
  );
  return [
    {
      id,
      kind: 'eras',
      label: 'Eras',
      note: facts.join(' · '),
      spoken: ['eras', ...facts].join(', '),
      app: app.dir,
      children: () => [
        ...eras.supported.map((era, i) => eraNode(eras, era, eraIds[i]!)),
        ...eras.switches.map((one, i) => switchNode(eras, one, switchIds[i]!)),
      ],
    },
  ];
}

function eraNode(eras: Eras, { name, location }: EraName, id: string): ViewNode {
  const label = name ?? 'name not known';
  const note = sinceText(eras, name);
  return {
    id,
    kind: 'era',
    label,
    note,
    spoken: [`era ${label}`, note].filter(Boolean).join(', '),
    location,
  };
}

function switchNode(eras: Eras, one: EraSwitch, id: string): ViewNode {
  const label = one.name ?? 'name not known';
  const lacking = lackingEras(eras, one);
  const facts = [
    one.isWhole ? plural(one.eras.length, 'behaviour') : 'behaviours not all read',
    ...(lacking.length > 0 ? [`none for ${lacking.join(', ')}`] : []),
  ];
  return {
    id,
    kind: 'era-switch',
    label,
    note: facts.join(' · '),
    spoken: [`era switch ${label}`, ...facts].join(', '),
    location: one.location,
  };
}
