import { inspect } from '../../core/inspect/inspect.ts';
import { ruleNames } from '../../core/lint/names.ts';
import type { Report } from '../../core/lint/report.ts';
import { reportOf } from '../../core/lint/report.ts';
import { Refusal } from '../../core/refusal.ts';
import { explainFailure } from '../../host/commands/explain.ts';
import { lintFolder } from '../../host/commands/lint.ts';
import { pickApp } from '../../host/commands/pick-app.ts';
import { openSession } from '../../host/commands/session.ts';
import { statusOf } from '../../host/commands/status.ts';
import { readRulePage } from '../../host/rule-pages.ts';
import type { McpServer } from './sdk.ts';
import { z } from './sdk.ts';
import type { ToolBox } from './tool.ts';
import { answering, anyObject, noteTaker, reads, whichChain } from './tool.ts';

const usualLimit = 50;

/** Offers the tools that only read. */
export function offerReading(server: McpServer, box: ToolBox): void {
  offerInspect(server, box);
  offerLint(server, box);
  offerExplanations(server, box);
  offerStatus(server, box);
}

function offerInspect(server: McpServer, { folders }: ToolBox): void {
  server.registerTool(
    'inspect',
    {
      title: 'Inspect a chain',
      description:
        'What is read of a Cosmos SDK chain: its app, how upgrades are registered, the upgrades ' +
        'with their stores, the mounted stores, modules with versions and migrations.',
      annotations: reads,
      inputSchema: z.object(whichChain),
      outputSchema: anyObject,
    },
    ({ dir, app }) =>
      answering(async () => {
        const { notes, tell } = noteTaker();
        const { root, chain } = await openSession(await folders.rootOf(dir), tell);
        const shown = inspect(root, { ...chain, apps: [pickApp(chain, root, app)] });
        return { ...shown, notes };
      }),
  );
}

function offerLint(server: McpServer, { folders }: ToolBox): void {
  server.registerTool(
    'lint',
    {
      title: 'Lint a chain',
      description:
        'Findings that would halt the chain at its next upgrade, compared with what the network ' +
        'runs: rule, severity, place, message, and the titles of fixes.',
      annotations: reads,
      inputSchema: z.object({
        ...whichChain,
        base: z.string().optional().describe('The git ref that the network runs.'),
        onlyNew: z.boolean().optional().describe('Leave out what the last release has already.'),
        rules: z.array(z.string()).optional().describe('Only what these rules find.'),
        files: z.array(z.string()).optional().describe('Only what lies in these files.'),
        limit: z.number().int().min(1).optional().describe(`At most so many (${usualLimit}).`),
      }),
      outputSchema: anyObject,
    },
    ({ dir, app, base, onlyNew, ...wanted }) =>
      answering(async () => {
        const { notes, tell } = noteTaker();
        const folder = await folders.rootOf(dir);
        const result = await lintFolder({
          dir: folder,
          app,
          base,
          onlyNew: onlyNew === true,
          tell,
        });
        const said = [...notes, ...result.notes, ...result.warnings];
        const { root, repo, problems, notJudged } = result;
        return filtered(reportOf(root, result.base, repo, problems, said, notJudged), wanted);
      }),
  );
}

interface Wanted {
  readonly rules?: readonly string[] | undefined;
  readonly files?: readonly string[] | undefined;
  readonly limit?: number | undefined;
}

/** The part of a report that was asked for, and how many findings that is in all. */
function filtered(report: Report, { rules, files, limit = usualLimit }: Wanted): object {
  const found = report.findings.filter(
    ({ rule, file }) => (rules?.includes(rule) ?? true) && (files?.includes(file) ?? true),
  );
  return { ...report, findings: found.slice(0, limit), total: found.length };
}

function offerExplanations(server: McpServer, { folders }: ToolBox): void {
  server.registerTool(
    'explain_rule',
    {
      title: 'Explain a rule',
      description: 'The page of a lint rule: why it matters, what a node does, how to repair it.',
      annotations: reads,
      inputSchema: z.object({ rule: z.string().describe('The name, such as store-not-added.') }),
      outputSchema: anyObject,
    },
    ({ rule }) => answering(() => Promise.resolve({ rule, page: rulePageText(rule) })),
  );
  server.registerTool(
    'explain_failure',
    {
      title: 'Explain a failed upgrade',
      description:
        "What a node's words come from: the rule, the place in the chain's source, the repair. " +
        'Each is null where nothing fits.',
      annotations: reads,
      inputSchema: z.object({
        ...whichChain,
        words: z.string().describe('A message of the node, or the end of its log.'),
      }),
      outputSchema: anyObject,
    },
    ({ dir, app, words }) =>
      answering(async () => {
        const { notes, tell } = noteTaker();
        const folder = await folders.rootOf(dir);
        return { ...(await explainFailure({ dir: folder, app, words, tell })), notes };
      }),
  );
}

/** The page of a rule. Throws where there is no such rule. */
export function rulePageText(rule: string): string {
  const pages = ruleNames.filter(name => name !== 'suppression');
  if (pages.includes(rule)) return readRulePage(rule);
  throw new Refusal(`there is no rule ${JSON.stringify(rule)}; the rules are ${pages.join(', ')}`);
}

function offerStatus(server: McpServer, { folders }: ToolBox): void {
  server.registerTool(
    'status',
    {
      title: 'Compare lock, code and node',
      description:
        'The lock of a network and the code side by side, and a node of it where its address is ' +
        'given: plans, modules, stores, and whether they agree.',
      annotations: { readOnlyHint: true, openWorldHint: true },
      inputSchema: z.object({
        ...whichChain,
        network: z.string().optional().describe('The chain id of the lock, of several.'),
        node: z.string().optional().describe('The REST address of a node; else nobody is asked.'),
      }),
      outputSchema: anyObject,
    },
    ({ dir, ...asked }) =>
      answering(async () => {
        const { notes, tell } = noteTaker();
        return { ...(await statusOf({ dir: await folders.rootOf(dir), ...asked, tell })), notes };
      }),
  );
}
