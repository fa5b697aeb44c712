import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ruleNames } from '../../core/lint/names.ts';
import { packageFile } from '../../host/package-file.ts';
import { packageInfo } from '../../host/package-info.ts';
import { AllowedFolders } from './folders.ts';
import { instructions } from './instructions.ts';
import { refusingUnknownProtocols } from './known-protocol.ts';
import { ShownPlans } from './plans.ts';
import { offerReading, rulePageText } from './reading-tools.ts';
import { offerRehearsals } from './rehearse-tool.ts';
import { McpServer, ResourceTemplate, StdioServerTransport, serveStdio, z } from './sdk.ts';
import type { ToolBox } from './tool.ts';
import { offerWriting } from './writing-tools.ts';

/** How the server is started. */
export interface McpOptions {
  /** The folders that the user named; without any the client's roots, else the current folder. */
  readonly dirs: readonly string[];
  readonly mayRehearse: boolean;
}

const markdown = 'text/markdown';

/** A server with all tools, for one connection. */
export function mcpServer({ dirs, mayRehearse }: McpOptions): McpServer {
  const { version } = packageInfo();
  const server = new McpServer({ name: 'chain-upgrade', version }, { instructions });
  const folders = new AllowedFolders(async () => {
    if (dirs.length > 0) return dirs;
    const roots = await rootsOf(server);
    return roots.length > 0 ? roots : [process.cwd()];
  });
  const box: ToolBox = { folders, plans: new ShownPlans(), mayRehearse, log: [] };
  offerReading(server, box);
  offerWriting(server, box);
  offerRehearsals(server, box);
  offerResources(server, box);
  offerPrompt(server);
  return server;
}

/** Serves one client on standard input and output until it leaves. */
export function startMcp(options: McpOptions): void {
  const transport = refusingUnknownProtocols(new StdioServerTransport());
  serveStdio(() => mcpServer(options), { transport });
}

/** The folders of a client that has roots; clients of the 2026 protocol name folders instead. */
async function rootsOf({ server }: McpServer): Promise<string[]> {
  if (server.getClientCapabilities()?.roots === undefined) return [];
  try {
    const { roots } = await server.listRoots();
    return roots.flatMap(({ uri }) => (uri.startsWith('file:') ? [fileURLToPath(uri)] : []));
  } catch {
    return [];
  }
}

function offerResources(server: McpServer, { log }: ToolBox): void {
  const pages = ruleNames.filter(name => name !== 'suppression');
  const listed = pages.map(rule => ({ uri: `chain-upgrade://rules/${rule}`, name: rule }));
  server.registerResource(
    'rules',
    new ResourceTemplate('chain-upgrade://rules/{rule}', {
      list: () => ({ resources: listed }),
      complete: { rule: typed => pages.filter(name => name.startsWith(typed)) },
    }),
    { title: 'Pages of the lint rules', mimeType: markdown },
    (uri, { rule }) => ({
      contents: [{ uri: uri.href, mimeType: markdown, text: rulePageText(String(rule)) }],
    }),
  );
  server.registerResource(
    'wiring-styles',
    'chain-upgrade://wiring-styles',
    { title: 'How chains register upgrades', mimeType: markdown },
    uri => ({
      contents: [{ uri: uri.href, mimeType: markdown, text: readFileSync(wiringStyles, 'utf8') }],
    }),
  );
  server.registerResource(
    'rehearsal-log',
    'chain-upgrade://rehearsal/log',
    { title: 'What the last rehearsal said', mimeType: 'text/plain' },
    uri => ({ contents: [{ uri: uri.href, mimeType: 'text/plain', text: log.join('\n') }] }),
  );
}

const wiringStyles = packageFile('docs/wiring-styles.md');

function offerPrompt(server: McpServer): void {
  server.registerPrompt(
    'prepare_upgrade',
    {
      title: 'Prepare an upgrade',
      description: 'Plan, review, write and check the next upgrade of this chain.',
      argsSchema: z.object({ name: z.string().describe("The plan's name, such as v2.") }),
    },
    ({ name }) => ({
      messages: [
        {
          role: 'user' as const,
          content: {
            type: 'text' as const,
            text:
              `Prepare the chain upgrade ${JSON.stringify(name)} of this repository. Inspect the ` +
              'chain and lint it. Call plan_upgrade with this name, show me the diff and the ' +
              'notes, and apply the plan once I agree. Lint again and tell me what is left.',
          },
        },
      ],
    }),
  );
}
