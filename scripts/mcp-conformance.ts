/**
 * `npm run mcp-conformance [-- SCENARIO …]`: the official conformance suite of MCP against
 * `chain-upgrade mcp`, in the protocols of 2025 and 2026; writes the figures into docs/agents.md
 * where all scenarios ran. What tests features that a server need not have is listed as not
 * applicable with the reason, and is never counted as passed. Exits 1 where a check fails.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { main as program } from '../test/support/cli.ts';
import { mistakenChain } from '../test/support/mistaken-chain.ts';
import { withSection } from './corpus/section.ts';
import { startBridge } from './mcp-conformance/bridge.ts';
import { reasonNotTo, scenariosNotRun, staleNames } from './mcp-conformance/not-applicable.ts';
import { sectionOf } from './mcp-conformance/section.ts';
import { Suite } from './mcp-conformance/suite.ts';
import type { Verdict } from './mcp-conformance/verdict.ts';
import { hasPassed, notRun, verdictOf, wordsOf } from './mcp-conformance/verdict.ts';
import { runScript } from './run-script.ts';

const page = 'docs/agents.md';
/** The newest protocol that the suite knows last. */
const protocols = ['2025-11-25', '2026-07-28'] as const;

await runScript('mcp-conformance', async () => {
  const only = process.argv.slice(2);
  const suite = Suite.install();
  const asked = protocols.flatMap(protocol =>
    suite.required(protocol).map(scenario => ({ protocol, scenario })),
  );
  const known = new Set(asked.map(({ scenario }) => scenario));
  const stale = [...staleNames(scenariosNotRun, known), ...only.filter(name => !known.has(name))];
  if (stale.length > 0) throw new Error(`the suite has no scenario ${stale.join(', ')}`);
  const { dir } = mistakenChain();
  const command = { command: process.execPath, args: [program, 'mcp', '--dir', dir], cwd: dir };
  const bridge = await startBridge(command, protocols.at(-1)!);
  const verdicts: Verdict[] = [];
  try {
    for (const { protocol, scenario } of asked) {
      if (only.length > 0 && !only.includes(scenario)) continue;
      const reason = reasonNotTo(scenario, scenariosNotRun);
      const verdict =
        reason === undefined
          ? verdictOf(protocol, scenario, await suite.run(bridge.url, scenario, protocol))
          : notRun(protocol, scenario, reason);
      verdicts.push(verdict);
      console.log(wordsOf(verdict));
    }
  } finally {
    await bridge.close();
  }
  if (only.length === 0) {
    const section = sectionOf(verdicts, suite.version, new Date().toISOString().slice(0, 10));
    writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'conformance', section));
  }
  return judge(verdicts);
});

/** Says how many scenarios passed; 1 where one did not. */
function judge(verdicts: readonly Verdict[]): number {
  const ran = verdicts.filter(verdict => verdict.notRun === undefined);
  const passed = ran.filter(hasPassed).length;
  const left = verdicts.length - ran.length;
  console.log(`${passed} of ${ran.length} scenarios passed, ${left} not applicable`);
  return passed === ran.length ? 0 : 1;
}
