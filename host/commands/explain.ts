import { fileURLToPath } from 'node:url';
import { readChain } from '../../core/chain/analysis.ts';
import type { Upgrade } from '../../core/chain/chain.ts';
import type { Diagnostic } from '../../core/lint/diagnostic.ts';
import { Refusal } from '../../core/refusal.ts';
import type { ExplainedWords } from '../../core/rehearse/explain-words.ts';
import { explainWords } from '../../core/rehearse/explain-words.ts';
import { findRoot } from '../disk/root.ts';
import { rulePage } from '../rule-pages.ts';
import { lintFolder } from './lint.ts';
import type { Log } from './session.ts';

/** What a node's words come from, and the page of the rule; each null where nothing fits. */
export interface Explanation extends ExplainedWords {
  /** The path of the rule's page, which is Markdown. */
  readonly page: string | null;
}

/** What is asked of an explanation. */
export interface ExplainRequest {
  /** The folder of the chain; without one the words alone are explained where here is none. */
  readonly dir: string | undefined;
  readonly app?: string | undefined;
  readonly words: string;
  readonly tell: Log;
}

/** Explains a node's words, with the place in the source where there is a chain. Writes nothing. */
export async function explainFailure(request: ExplainRequest): Promise<Explanation> {
  const { problems, upgrades } = await readSource(request);
  const explained = explainWords(request.words, problems, upgrades);
  const { rule } = explained;
  return { ...explained, page: rule === null ? null : fileURLToPath(rulePage(rule)) };
}

interface Source {
  readonly problems: readonly Diagnostic[];
  readonly upgrades: readonly Upgrade[];
}

async function readSource({ dir, app, tell }: ExplainRequest): Promise<Source> {
  if (dir === undefined && !(await hasRoot('.'))) {
    tell('note: there is no go.mod here: without the source no place is named');
    return { problems: [], upgrades: [] };
  }
  const { repo, problems } = await lintFolder({ dir: dir ?? '.', app, tell });
  const { apps } = readChain(repo);
  return { problems, upgrades: apps.flatMap(({ upgrades }) => upgrades) };
}

async function hasRoot(dir: string): Promise<boolean> {
  return findRoot(dir).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal) return false;
      throw error;
    },
  );
}
