import { basename } from '../../files.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { cosmovisorFolder } from '../../sdk/cosmovisor.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import { checkPlanName } from '../upgrade/plan-name.ts';
import { proposedHeight } from './further-documents.ts';
import { chosenNetwork, placeOf } from './place.ts';
import { networkGeneration } from './proposal-questions.ts';
import { runbook } from './runbook.ts';
import { serviceFiles, serviceOf } from './service.ts';
import { upgradeWords } from './upgrade-facts.ts';
import { upgradeNamed, wantedPlan } from './wanted-plan.ts';

/** Files by path, and what is to be said of them. */
export interface OperatorFiles {
  readonly files: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

/** The operator files of an upgrade. Throws `Refusal` where something they need is missing. */
export function upgradeFiles(input: PlanInput, answers: Answers): OperatorFiles {
  const { app, analysis, base } = input;
  const name = wantedPlan(app, answers);
  const fault = checkPlanName(name);
  if (fault?.severity === 'error')
    throw new Refusal(`no operator files for ${JSON.stringify(name)}: ${fault.message}`);
  const network = chosenNetwork(analysis.repo, answers);
  const place = placeOf(network, name);
  const service = serviceOf(input, answers, network);
  const manifest = manifestAt(input, place, name);
  const height = proposedHeight(analysis.repo.texts.get(`${place}/proposal.json`));
  const words = upgradeWords(input, upgradeNamed(app, name));
  const version = manifest.version ?? name;
  const folder = cosmovisorFolder(name);
  const shared = { ...service, name, folder, id: network.id ?? '', version, ...words };
  const expected = render('operators/expected.sh', { name, hashes: manifest.hashes });
  const shown = { ...shared, height: height ?? 'that the proposal names' };
  const generation = networkGeneration({ app, ...(base && { base: base.chain }) });
  const files = {
    'install.sh': render('operators/install.sh', { ...shared, expected }),
    'preupgrade.sh': render('operators/preupgrade.sh', { ...shared, expected }),
    ...serviceFiles(service),
    'RUNBOOK.md': runbook({
      ...words,
      name,
      folder,
      network,
      service,
      generation,
      height,
      version,
    }),
    'RELEASE-NOTES.md': render('operators/release-notes.md', shown),
    'ANNOUNCEMENT.md': render('operators/announcement.md', shown),
    'CHANGELOG-entry.md': render('operators/changelog-entry.md', shown),
  };
  return {
    files: Object.fromEntries(
      Object.entries(files).map(([file, text]) => [`${place}/${file}`, text]),
    ),
    notes: [
      ...manifest.notes,
      ...(height === null
        ? [
            `no height is known: write the proposal with chain-upgrade proposal ${name}, and run this again`,
          ]
        : []),
    ],
  };
}

/** What a manifest says of binaries: a pattern of `uname -s`/`uname -m` each, and the sha256. */
interface KnownManifest {
  readonly version: string | null;
  readonly hashes: readonly { readonly pattern: string; readonly sha256: string }[];
  readonly notes: readonly string[];
}

/** The names that `uname` gives to Go's platforms. */
const patterns: Readonly<Record<string, string>> = {
  'linux/amd64': 'linux/x86_64 | linux/amd64',
  'linux/arm64': 'linux/aarch64 | linux/arm64',
  'linux/386': 'linux/i?86',
  'linux/arm': 'linux/armv*',
  'linux/riscv64': 'linux/riscv64',
  'darwin/amd64': 'darwin/x86_64',
  'darwin/arm64': 'darwin/arm64',
  'freebsd/amd64': 'freebsd/amd64',
  'freebsd/arm64': 'freebsd/arm64',
  any: '*/*',
};

function manifestAt({ analysis }: PlanInput, place: string, name: string): KnownManifest {
  const file = `${place}/manifest.json`;
  const text = analysis.repo.texts.get(file);
  const missing = `write it with chain-upgrade manifest ${name} --binary os/arch=URL#sha256:HEX`;
  if (text === undefined)
    throw new Refusal(
      `the checksum of the binary comes from ${file}, which is not there: ${missing}`,
    );
  const { version, binary_sha256: own = {} } = kitIn(text, file);
  // What fits every machine is tried last.
  const platforms = Object.keys(own).sort((a, b) => Number(a === 'any') - Number(b === 'any'));
  const hashes = platforms.flatMap(platform => {
    const [pattern, sha256] = [patterns[platform], own[platform]!];
    return pattern !== undefined && /^[0-9a-f]{64}$/.test(sha256) ? [{ pattern, sha256 }] : [];
  });
  if (hashes.length === 0)
    throw new Refusal(`${file} has no checksum of a binary itself: give the archives with --file`);
  const left = platforms.filter(platform => patterns[platform] === undefined);
  return {
    version: typeof version === 'string' ? version : null,
    hashes,
    notes: left.map(platform => `${basename(file)}: ${platform} runs no shell script`),
  };
}

interface Kit {
  readonly version?: unknown;
  readonly binary_sha256?: Readonly<Record<string, string>>;
}

function kitIn(text: string, file: string): Kit {
  try {
    return (JSON.parse(text) as { upgrade_kit?: Kit }).upgrade_kit ?? {};
  } catch {
    throw new Refusal(`${file} is no JSON; write it anew`);
  }
}
