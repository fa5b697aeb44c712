import { textSection } from '../text-table.ts';
import type { HomeState } from './home-state.ts';
import { printable } from './printable.ts';
import type { UpgradeState } from './state.ts';

/** What x/upgrade keeps, for people. */
export function stateText(state: UpgradeState & { chainId: string; height: number }): string {
  const { chainId, height, plan, done, modules, protocolVersion } = state;
  const planLine = plan
    ? `plan ${printable(plan.name)} at ${plan.height}${plan.info === '' ? '' : `, info ${printable(plan.info)}`}`
    : 'no plan is scheduled';
  const applied = done.map(one => [printable(one.name), `at ${one.height}`]);
  const versions = Object.entries(modules).map(([name, version]) => [
    printable(name),
    `${version}`,
  ]);
  const lines = [
    `${printable(chainId)} at height ${height}`,
    planLine,
    ...(protocolVersion === null ? [] : [`protocol version ${protocolVersion}`]),
    ...(applied.length === 0 ? ['no plan was applied'] : textSection('applied:', applied)),
    ...textSection('modules:', versions),
  ];
  return `${lines.join('\n')}\n`;
}

/** What the files of a home say, for people. */
export function homeStateText({ home, upgradeInfo, appVersion, cosmovisor }: HomeState): string {
  const file = (content: object | null) =>
    content === null ? 'not there' : printable(JSON.stringify(content));
  const rows = [
    ['upgrade-info.json', file(upgradeInfo)],
    ['app-version.json', file(appVersion)],
    ...(cosmovisor === null
      ? [['cosmovisor', 'not there']]
      : [
          ['cosmovisor/current', printable(cosmovisor.current ?? 'not there')],
          ['cosmovisor/upgrades', cosmovisor.upgrades.map(printable).join(', ') || 'none'],
        ]),
  ];
  return `${textSection(home, rows).join('\n')}\n`;
}
