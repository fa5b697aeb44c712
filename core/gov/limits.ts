import type { Generation } from '../sdk/generations.ts';
import { generationIsBefore } from '../sdk/generations.ts';
import type { Proposal } from './forms.ts';

/** The longest texts that a proposal may have, in bytes of UTF-8. */
interface Limits {
  readonly title: number;
  readonly summary: number;
  readonly metadata: number;
}

/** x/gov/types/content.go, for content that proposals wrapped before they had messages. */
const contentLimits: Limits = { title: 140, summary: 10_000, metadata: 0 };
/** MaxMetadataLen of x/gov/types/config.go, as the SDK sets it; a chain may set more. */
const metadata = 255;

function limitsOf({ form, generation }: Pick<Proposal, 'form' | 'generation'>): Limits {
  const isOld = (before: Generation) =>
    generation !== null && generationIsBefore(generation, before);
  if (isOld('0.46') || (form !== 'v1' && isOld('0.50'))) return contentLimits;
  if (isOld('0.50')) return { title: metadata, summary: metadata, metadata };
  return { title: metadata, summary: 40 * metadata, metadata };
}

/**
 * What of a proposal's texts is missing or too long for its SDK; undefined where nothing is. The
 * chain would only say so when the proposal is submitted.
 */
export function textFault(
  proposal: Pick<Proposal, 'form' | 'generation' | 'title' | 'summary' | 'metadata'>,
): string | undefined {
  const limits = limitsOf(proposal);
  const { title, summary, generation } = proposal;
  if (title.trim() === '') return 'the proposal needs a title; give it with --title';
  if (summary.trim() === '') return 'the proposal needs a summary; give it with --summary';
  if (limits.metadata === 0 && proposal.metadata !== '')
    return 'this form of proposal has no metadata; leave --metadata out';
  // 0.46 keeps them in the metadata.
  const isPacked = generation === '0.46' && proposal.form === 'v1';
  const texts: readonly (readonly [string, string, number])[] = isPacked
    ? [['title and summary, as metadata', JSON.stringify({ title, summary }), metadata]]
    : [
        ['title', title, limits.title],
        ['summary', summary, limits.summary],
      ];
  const all = [...texts, ['metadata', proposal.metadata, Math.max(limits.metadata, 0)] as const];
  for (const [name, text, most] of all) {
    const length = bytesIn(text);
    if (length > most)
      return `the ${name} has ${length} bytes; this SDK's gov module takes ${most}`;
  }
  return metadataFault(proposal);
}

/** From 0.50 on, titles and summaries in JSON metadata have to be the proposal's own. */
function metadataFault({
  generation,
  title,
  summary,
  metadata: given,
}: Pick<Proposal, 'generation' | 'title' | 'summary' | 'metadata'>): string | undefined {
  if (generation !== null && generationIsBefore(generation, '0.50')) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(given);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null) return undefined;
  const said = json as { title?: unknown; summary?: unknown };
  const differs = (one: unknown, own: string) => one !== undefined && one !== own;
  if (differs(said.title, title)) return 'the title in the metadata is not the proposal’s title';
  if (differs(said.summary, summary))
    return 'the summary in the metadata is not the proposal’s summary';
  return undefined;
}

function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
}
