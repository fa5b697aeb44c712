import type { Fault } from '../../support/home-faults.ts';
import { move, setBinary, setEnv } from '../../support/home-faults.ts';
import { home, newBinary, program } from '../../support/node-home.ts';

/** The severity and name of each check, with the faults that it alone has to find. */
export const layoutFaults: Readonly<Record<string, readonly Fault[]>> = {
  'error home-layout': [
    [
      'data is a file',
      one => {
        for (const path of Object.keys(one.machine.entries))
          if (path.startsWith(`${home}/data/`)) delete one.machine.entries[path];
        one.machine.entries[`${home}/data`] = { content: '' };
        delete one.chain;
      },
      /^data is no folder$/,
    ],
  ],
  'error daemon-environment': [
    ['no home', one => setEnv(one, 'DAEMON_HOME', undefined), /DAEMON_HOME is not set/],
    ['a relative home', one => setEnv(one, 'DAEMON_HOME', '.tinyd'), /no absolute path/],
    ['another home', one => setEnv(one, 'DAEMON_HOME', '/home/other'), /other, not this home/],
    [
      'no name',
      one => {
        setEnv(one, 'DAEMON_NAME', undefined);
      },
      /DAEMON_NAME is not set/,
    ],
  ],
  'error environment-values': [
    ['a boolean', one => setEnv(one, 'UNSAFE_SKIP_BACKUP', 'no'), /=no is neither true nor false/],
    ['a duration in days', one => setEnv(one, 'DAEMON_RESTART_DELAY', '1d'), /is no duration/],
    [
      'a duration without a unit',
      one => setEnv(one, 'DAEMON_SHUTDOWN_GRACE', '30'),
      /=30 is no dur/,
    ],
    ['a duration of nothing', one => setEnv(one, 'DAEMON_POLL_INTERVAL', '0s'), /is no duration/],
    ['a number', one => setEnv(one, 'DAEMON_PREUPGRADE_MAX_RETRIES', 'x'), /=x is no number/],
  ],
  'warning environment-names': [
    [
      'a misspelt variable',
      one => setEnv(one, 'DAEMON_SHUTDOWN_GRACEE', '5s'),
      /does not know DAEMON_SHUTDOWN_GRACEE/,
    ],
  ],
  'warning running-environment': [
    [
      'a service that was not restarted',
      one => {
        const variables = new Map(one.machine.processes[0]!.variables).set(
          'DAEMON_SHUTDOWN_GRACE',
          '10s',
        );
        one.machine.processes[0] = { ...one.machine.processes[0]!, variables };
      },
      /process 71 has another DAEMON_SHUTDOWN_GRACE than \/etc\/tiny\/cosmovisor\.env/,
    ],
  ],
  'warning genesis-binary': [
    [
      'taken away after the first upgrade',
      one => {
        move(
          one,
          `${home}/cosmovisor/genesis/bin/tinyd`,
          `${home}/cosmovisor/upgrades/v1/bin/tinyd`,
        );
        one.machine.entries[`${home}/cosmovisor/current`] = { link: 'upgrades/v1' };
      },
      /genesis\/bin\/tinyd is not there/,
    ],
  ],
  'error genesis-binary': [
    [
      'never there',
      one => {
        delete one.machine.entries[`${home}/cosmovisor/genesis/bin/tinyd`];
        delete one.machine.entries[`${home}/cosmovisor/current`];
      },
      /genesis\/bin\/tinyd is not there/,
    ],
  ],
  'error current-link': [
    [
      'a folder',
      one => {
        one.machine.entries[`${home}/cosmovisor/current`] = { folder: true };
      },
      /is no link/,
    ],
    [
      'out of cosmovisor',
      one => {
        one.machine.entries['/opt/tiny/bin/tinyd'] = { content: program('v1'), mode: 0o755 };
        one.machine.entries[`${home}/cosmovisor/current`] = { link: '/opt/tiny' };
      },
      /leads to \/opt\/tiny, neither genesis nor an upgrade/,
    ],
    [
      'to nothing',
      one => {
        one.machine.entries[`${home}/cosmovisor/current`] = { link: 'upgrades/v1' };
      },
      /leads to upgrades\/v1, which has no bin\/tinyd/,
    ],
  ],
  'error plan-folder': [
    [
      'the case of the plan',
      one => {
        one.request.upgrade = 'V2';
        one.chain = { ...one.chain!, plan: { ...one.chain!.plan!, name: 'V2' } };
        move(one, newBinary, newBinary.replace('/v2/', '/V2/'));
      },
      /is called V2, cosmovisor looks for v2/,
    ],
    [
      'the case of the plan, where cosmovisor keeps it',
      one => {
        setEnv(one, 'COSMOVISOR_DISABLE_RECASE', 'true');
        one.request.upgrade = 'V2';
        one.chain = { ...one.chain!, plan: { ...one.chain!.plan!, name: 'V2' } };
      },
      /is called v2, cosmovisor looks for V2/,
    ],
    [
      'no escapes',
      one => {
        one.request.upgrade = 'v 2';
        one.chain = { ...one.chain!, plan: { ...one.chain!.plan!, name: 'v 2' } };
        move(one, newBinary, newBinary.replace('/v2/', '/v 2/'));
      },
      /is called v 2, cosmovisor looks for v%202/,
    ],
    [
      'no name of a folder',
      one => {
        one.request.upgrade = '..';
        one.chain = { ...one.chain!, plan: { ...one.chain!.plan!, name: '..' } };
      },
      /"\.\.", which is no name of a folder/,
    ],
  ],
  'error upgrade-binary': [
    [
      'not there',
      one => void delete one.machine.entries[newBinary],
      /v2\/bin\/tinyd is not there$/,
    ],
    [
      'a link',
      one => {
        one.machine.entries[newBinary] = { link: '/opt/tinyd' };
      },
      /tinyd is a link$/,
    ],
    [
      'a folder',
      one => {
        one.machine.entries[newBinary] = { folder: true };
      },
      /tinyd is no file$/,
    ],
  ],
  'error binary-executable': [
    [
      'for its owner alone',
      one => setBinary(one, program('v2'), { mode: 0o744, uid: 0, gid: 0 }),
      /user 1000 may not execute cosmovisor\/upgrades\/v2\/bin\/tinyd/,
    ],
    [
      'for nobody, in the hands of another',
      one => setBinary(one, program('v2'), { mode: 0o644, uid: 0, gid: 0 }),
      /may not execute/,
    ],
    [
      'in a closed folder',
      one => {
        const folder = `${home}/cosmovisor/upgrades/v2`;
        one.machine.entries[folder] = { folder: true, mode: 0o700, uid: 0, gid: 0 };
      },
      /user 1000 may not search cosmovisor\/upgrades\/v2$/,
    ],
  ],
  'error binary-platform': [
    ['of another machine', one => setBinary(one, program('v2', 0xb7)), /is for linux\/arm64, this/],
    ['a script', one => setBinary(one, Buffer.from('#!/bin/sh\n')), /is a script$/],
    ['an error page', one => setBinary(one, Buffer.from('<!DOCTYPE html>')), /is a web page, such/],
    ['an archive', one => setBinary(one, Buffer.from([0x1f, 0x8b, 8])), /is a gzip archive$/],
    ['nothing', one => setBinary(one, Buffer.alloc(0)), /is an empty file$/],
  ],
};
