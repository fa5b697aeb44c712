import { stringValue } from '../../go/eval/value.ts';
import { Refusal } from '../../refusal.ts';
import { infoFault } from '../../sdk/upgrade-info.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import { textAnswer } from './place.ts';
import { upgradeNamed } from './wanted-plan.ts';

/** A plan's info, and what is to be said of it. */
export interface PlanInfo {
  readonly text: string;
  readonly notes: readonly string[];
}

/**
 * The info of a plan: as it was given, else of the manifest that was written for it, else of the
 * constant of its package. Throws `Refusal` where cosmovisor could not use it.
 */
export function planInfo(
  input: PlanInput,
  answers: Answers,
  place: string,
  name: string,
): PlanInfo {
  const given = textAnswer(answers, 'info');
  const manifest = textAnswer(answers, 'manifest');
  if (given !== '' && manifest !== '') throw new Refusal('give --info or --manifest, not both');
  if (given !== '') return checked(compact(given), '--info');
  if (manifest !== '') return checked(binariesIn(input.operators?.manifest, manifest), manifest);
  const beside = `${place}/manifest.json`;
  const text = input.analysis.repo.texts.get(beside);
  if (text !== undefined) {
    const info = checked(binariesIn(text, beside), beside);
    return { ...info, notes: [`the info has the binaries of ${beside}`, ...info.notes] };
  }
  const constant = constantInfo(input, name);
  if (constant !== undefined) return checked(compact(constant), 'UpgradeInfo');
  return {
    text: '',
    notes: [
      'the plan has no info: cosmovisor will download nothing, operators put binaries in place',
    ],
  };
}

/** JSON without blanks: older tools cut info at the first one. */
function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** The binaries of a manifest, which is more than cosmovisor wants to know. */
function binariesIn(text: string | undefined, file: string): string {
  let json: unknown;
  try {
    json = JSON.parse(text ?? '');
  } catch {
    throw new Refusal(`${file} is no manifest: it is no JSON`);
  }
  const { binaries } = (json ?? {}) as { binaries?: unknown };
  return JSON.stringify({ binaries });
}

function checked(text: string, source: string): PlanInfo {
  const fault = infoFault(text);
  // From a URL without a checksum, as from a binary without one, anything may come.
  const isOpen = fault?.message.includes('has no checksum') === true || isBareUrl(text);
  if (fault && !isOpen)
    throw new Refusal(`${source}: ${fault.message.replace('UpgradeInfo', 'the info')}`);
  const note = 'the info has an address without a checksum: nodes that demand one refuse it';
  return { text, notes: isOpen ? [note] : [] };
}

function isBareUrl(text: string): boolean {
  return /^https?:/.test(text) && !new URL(text).searchParams.has('checksum');
}

function constantInfo({ analysis, app }: PlanInput, name: string): string | undefined {
  const upgrade = upgradeNamed(app, name);
  if (!upgrade || upgrade.package === app.dir) return undefined;
  for (const facts of analysis.repo.filesOf(upgrade.package, /\bUpgradeInfo\b/)) {
    const spec = [...facts.consts, ...facts.vars].find(one => one.name === 'UpgradeInfo');
    const value = spec?.value && stringValue(analysis.repo, { facts, node: spec.value });
    if (value?.kind === 'known' && value.value !== '') return value.value;
  }
  return undefined;
}
