import { locationOf } from '../../go/source/location.ts';
import type { Rule } from '../rule.ts';

/** The line of a log that old process managers waited for, as a pattern has it. */
const scanned = /UPGRADE [\\"'(.*)+?]*(\.[*+]|%s|\$\{?\w+)[^\n]{0,12} NEEDED/;

/**
 * A script that waits for a line of the node's log to switch binaries, as oraivisor and cosmovisor
 * before 1.0 did.
 */
export const logScanningSupervisor: Rule = {
  name: 'log-scanning-supervisor',
  severity: 'warning',
  summary: 'a script switches binaries by what the log of the node says',
  *check({ repo }) {
    for (const path of repo.otherPaths) {
      if (!/(^|\/)([^/]*\.(sh|service)|Dockerfile[^/]*)$/.test(path)) continue;
      const line = repo.memoByText(path, 'scans a log', text => scanned.exec(text)?.[0]);
      if (line === undefined) continue;
      const text = repo.texts.get(path)!;
      const start = text.indexOf(line);
      yield {
        location: locationOf({ path, text }, { start, end: start + line.length }),
        message: 'this script waits for the upgrade in the log of the node',
        consequence:
          'logs in JSON, another log level or info with a blank hide the line, and the node stays ' +
          'down at the upgrade height (cosmovisor from 1.0 on reads data/upgrade-info.json)',
      };
    }
  },
};
