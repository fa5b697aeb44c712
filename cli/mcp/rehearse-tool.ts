import { Refusal } from '../../core/refusal.ts';
import { openSession } from '../../host/commands/session.ts';
import { usualOptions } from '../../rehearse/options.ts';
import { takePlace } from '../../rehearse/rehearsal-folder.ts';
import { readSubject } from '../../rehearse/rehearsal-input.ts';
import { rehearse } from '../../rehearse/rehearse.ts';
import { beginLine, commandPreview, goingOnLine, stepLine } from '../../rehearse/report-text.ts';
import type { McpServer, ServerContext } from './sdk.ts';
import { acceptedContent, inputRequired, z } from './sdk.ts';
import type { ToolBox } from './tool.ts';
import { answering, anyObject, noteTaker, whichChain } from './tool.ts';

const consent = z.object({ run: z.boolean().describe('Build and run this?') });

/** Offers rehearsals: they build and run what the repository says, so the user has to agree. */
export function offerRehearsals(server: McpServer, box: ToolBox): void {
  server.registerTool(
    'rehearse',
    {
      title: 'Rehearse the upgrade',
      description:
        'Builds the last release and the working tree, upgrades a new chain from one to the ' +
        'other, and explains a failure. It takes minutes, runs code of the repository, and asks ' +
        'the user first. Changes nothing in the repository.',
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: true },
      inputSchema: z.object({
        ...whichChain,
        from: z.string().optional().describe('The git ref that the network runs now.'),
        plan: z.string().optional().describe('The plan, if more than one is new.'),
      }),
      outputSchema: anyObject,
    },
    async ({ dir, app, from, plan }, context) => {
      let preview = '';
      const subject = async () => {
        const { tell } = noteTaker();
        const session = await openSession(await box.folders.rootOf(dir), tell);
        const found = await readSubject(session, { app, from, plan }, tell);
        preview = commandPreview(found);
        return found;
      };
      if (!box.mayRehearse && !mayAsk(server, context)) return answering(refuseToRun);
      if (!box.mayRehearse && !agreed(context)) {
        if (context.mcpReq.inputResponses !== undefined) return answering(refuseToRun);
        const shown = await answering(async () => {
          await subject();
          return {};
        });
        if (shown.isError) return shown;
        const message = `${preview}\nBuild and run this?`;
        return inputRequired({
          inputRequests: { run: inputRequired.elicit({ message, requestedSchema: consent }) },
        });
      }
      return answering(async () => rehearsed(await subject(), box, context));
    },
  );
}

type Subject = Awaited<ReturnType<typeof readSubject>>;

async function rehearsed(subject: Subject, box: ToolBox, context: ServerContext): Promise<object> {
  const { log } = box;
  log.splice(0);
  const told = (line: string | undefined) => {
    if (line === undefined) return;
    log.push(line);
    tellProgress(context, log.length, line);
  };
  const folder = takePlace();
  try {
    return await rehearse(subject, folder, {
      ...usualOptions,
      signal: context.mcpReq.signal,
      tell: told,
      listener: {
        begins: step => told(beginLine(step, subject)),
        goesOn: (step, text, at) => told(goingOnLine(step, text, at)),
        ends: (step, at, remark) => told(stepLine(step, at, remark)),
      },
    });
  } finally {
    folder.leave(false);
  }
}

function tellProgress({ mcpReq }: ServerContext, progress: number, message: string): void {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return;
  const params = { progressToken, progress, message };
  void mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
}

function refuseToRun(): Promise<never> {
  throw new Refusal(
    'a rehearsal builds and runs code of the repository, and the user did not agree: ' +
      'start the server with --allow-rehearse, or run chain-upgrade rehearse',
  );
}

/** Whether the user can be asked by way of the client. */
function mayAsk(server: McpServer, { mcpReq }: ServerContext): boolean {
  // The 2026 protocol says it with each request, the older one once.
  const envelope = mcpReq.envelope as Readonly<Record<string, unknown>> | undefined;
  const sent = envelope?.['io.modelcontextprotocol/clientCapabilities'];
  const capabilities = sent ?? server.server.getClientCapabilities();
  return typeof capabilities === 'object' && 'elicitation' in capabilities;
}

function agreed({ mcpReq }: ServerContext): boolean {
  return acceptedContent(mcpReq.inputResponses, 'run', consent)?.run === true;
}
