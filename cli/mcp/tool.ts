import { failureOf } from '../../host/errors.ts';
import { packageInfo } from '../../host/package-info.ts';
import type { AllowedFolders } from './folders.ts';
import type { ShownPlans } from './plans.ts';
import type { CallToolResult } from './sdk.ts';
import { z } from './sdk.ts';

/** What the tools share. */
export interface ToolBox {
  readonly folders: AllowedFolders;
  readonly plans: ShownPlans;
  /** Whether the user allowed rehearsals when the server was started. */
  readonly mayRehearse: boolean;
  /** What the last rehearsal said, line by line. */
  readonly log: string[];
}

/** The parameters that say which chain is meant. */
export const whichChain = {
  dir: z.string().optional().describe('The folder of the chain; needed where several are allowed.'),
  app: z.string().optional().describe("The app's folder, in a repository with several apps."),
};

/** Any object: what a tool gives is documented with the command of the same name. */
export const anyObject = z.looseObject({});

/** What a tool that only reads says of itself. */
export const reads = { readOnlyHint: true, openWorldHint: false } as const;

/** Takes notes of what is called, for the result. */
export function noteTaker(): { notes: string[]; tell: (line: string) => void } {
  const notes: string[] = [];
  return { notes, tell: line => void notes.push(line) };
}

/** Runs a tool; what it throws is an error that the model reads, in one line. */
export async function answering(work: () => Promise<object>): Promise<CallToolResult> {
  try {
    const result = await work();
    const text = JSON.stringify(result, null, 2);
    return {
      content: [{ type: 'text', text }],
      structuredContent: result as Record<string, unknown>,
    };
  } catch (error) {
    const { message } = failureOf(error, packageInfo().issues);
    return { content: [{ type: 'text', text: message }], isError: true };
  }
}
