import { quote } from '../../go/syntax/syntax.ts';
import { insertCase } from '../switch-case.ts';
import { storeUpgradesLiteral } from '../write-store-upgrades.ts';
import type { LoaderWay } from './loader-way.ts';

/** S2: a case in the switch on the plan's name. */
export const bySwitch: LoaderWay = {
  codes: ['S2'],
  follows: 'first',
  insert(job, { loading, constant, code, site }) {
    const written = insertCase(
      job.changes,
      loading!,
      { literal: quote(job.name), constant },
      type => storeUpgradesLiteral(type, code.text),
    );
    if (written)
      for (const wanted of code.imports.values()) job.changes.import(site.call.facts.path, wanted);
    return written;
  },
};
