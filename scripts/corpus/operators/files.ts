import { replaced } from './nodes.ts';
import type { Case, Changes, Operator } from './operator.ts';

/** Mistakes in files beside the app's code, and in the info of a plan. */
export const fileOperators: readonly Operator[] = [
  {
    name: 'propose a plan without a handler',
    rules: ['proposal-without-handler'],
    breaks: proposed,
  },
  {
    name: 'write an environment that cosmovisor does not take',
    rules: ['cosmovisor-environment'],
    breaks: () =>
      fileWith('deploy/cosmovisor.env', [
        'DAEMON_NAME=chaind',
        'DAEMON_HOME=/home/chain/.chain',
        'DAEMON_RESTART_AFTER_UPGRADE=yes',
      ]),
  },
  {
    name: 'wait for words in the log',
    rules: ['log-scanning-supervisor'],
    breaks: () =>
      fileWith('scripts/supervise.sh', [
        '#!/bin/sh',
        'chaind start 2>&1 | while read -r line; do',
        `  if echo "$line" | grep -Eq 'UPGRADE "(.*)" NEEDED at height'; then`,
        '    ./switch.sh',
        '  fi',
        'done',
      ]),
  },
  {
    name: 'quote the info of a plan for a shell',
    rules: ['upgrade-info-invalid'],
    breaks: given => infoOf(given, `'{"binaries":{}}'`),
  },
  {
    name: 'write the info of a plan with blanks',
    rules: ['upgrade-info-unsafe'],
    breaks: given =>
      infoOf(given, `{"binaries": {"any": "https://example.org/d?checksum=sha256:${hash}"}}`),
  },
];

const hash = 'ab'.repeat(32);

function fileWith(path: string, lines: readonly string[]): Changes {
  return { texts: () => new Map([[path, `${lines.join('\n')}\n`]]) };
}

/** A proposal of the plan that would come behind the newest one. */
function proposed({ app, newest }: Case): Changes | undefined {
  const [, before, number] = /^(v?)(\d+)(\.\d+)*$/.exec(newest.name ?? '') ?? [];
  if (number === undefined) return undefined;
  const next = `${before!}${Number(number) + 1}`;
  if (app.upgrades.some(({ name }) => name === null || name === next)) return undefined;
  const plan = { name: next, height: '100' };
  const message = { '@type': '/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade', plan };
  return fileWith('proposals/proposal.json', [
    JSON.stringify({ messages: [message] }, undefined, 2),
  ]);
}

/** A constant in the package of the newest upgrade. */
function infoOf({ repo, newest }: Case, info: string): Changes | undefined {
  const files = repo.filesOf(newest.package);
  const [first] = files;
  if (!first || files.some(({ text }) => text.includes('UpgradeInfo ='))) return undefined;
  const { path, text } = first;
  const end = { start: text.length, end: text.length };
  return replaced(repo, path, end, `\nconst UpgradeInfo = \`${info}\`\n`);
}
