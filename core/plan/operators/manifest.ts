import { basename } from '../../files.ts';
import { Refusal } from '../../refusal.ts';
import { infoOf } from '../../sdk/upgrade-info.ts';
import type { PlanMachine } from '../machine.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import { answerItems } from '../question.ts';
import type { Sources, Step } from '../task.ts';
import type { NamedBinary } from './binaries.ts';
import { isArchive, namedBinaries } from './binaries.ts';
import { nodeProgram } from './daemon.ts';
import { kubernetesDocument, registryEntry } from './further-documents.ts';
import type { HashedBinary, ManifestSources } from './manifest-sources.ts';
import { chosenNetwork, placeOf, textAnswer, writeWhole } from './place.ts';
import { wantedPlan } from './wanted-plan.ts';

/** FileHashes the binaries of a manifest. Throws `Refusal` where one has no hash. */
export async function readManifestSources(
  { analysis, app }: PlanInput,
  answers: Answers,
  { machine }: Sources,
): Promise<Partial<PlanInput>> {
  const named = namedBinaries(answers);
  if (!machine)
    throw new Refusal('files cannot be read here; open a trusted folder on the desktop');
  const daemon = nodeProgram(analysis.repo, app).name;
  const binaries: HashedBinary[] = [];
  for (const binary of named)
    binaries.push(await hashed(machine, binary, daemon, answers['download'] === true));
  const version = releaseOf(named);
  const commit = version === null ? null : ((await machine.commitOf(version)) ?? null);
  const read = { binaries, version, commit };
  return { operators: { binaries: { ...read, hash: machine.sha256(manifestText(read)) } } };
}

async function hashed(
  machine: PlanMachine,
  { platform, url, sha256, file }: NamedBinary,
  daemon: string | undefined,
  mayDownload: boolean,
): Promise<HashedBinary> {
  if (file !== undefined) {
    const own = await machine.hashFile(file, daemon);
    if (sha256 !== undefined && sha256 !== own.sha256)
      throw new Refusal(`${file} has the sha256 ${own.sha256}, not the one given for ${platform}`);
    return { platform, url, sha256: own.sha256, binary: own.binary };
  }
  if (mayDownload) {
    const got = await machine.hashDownload(url, daemon);
    if (sha256 !== undefined && sha256 !== got.sha256)
      throw new Refusal(`${url} gives the sha256 ${got.sha256}, not the one given for ${platform}`);
    return { platform, url, sha256: got.sha256, binary: got.binary };
  }
  if (sha256 !== undefined)
    return { platform, url, sha256, binary: isArchive(url) ? undefined : sha256 };
  throw new Refusal(
    `the hash of ${platform} is not known: give it behind #sha256:, the file with --file, or ` +
      'pass --download',
  );
}

/** The release that all URLs name, as GitHub and GitLab write it. */
function releaseOf(binaries: readonly NamedBinary[]): string | null {
  const tags = binaries.map(
    ({ url }) => /\/releases\/(?:download\/)?([^/]+)\/[^/]+$/.exec(new URL(url).pathname)?.[1],
  );
  const [tag] = tags;
  return tag !== undefined && tags.every(other => other === tag) ? decodeURIComponent(tag) : null;
}

/** The text of manifest.json: cosmovisor's part first, and what it does not know behind. */
function manifestText({
  binaries,
  version,
  commit,
}: Pick<ManifestSources, 'binaries' | 'version' | 'commit'>): string {
  const own = binaries.flatMap(({ platform, binary }) => (binary ? [[platform, binary]] : []));
  const kit = { version, commit, binary_sha256: Object.fromEntries(own) as object };
  const { binaries: urls } = infoOf(binaries);
  return `${JSON.stringify({ binaries: urls, upgrade_kit: kit }, null, 2)}\n`;
}

/** The steps of a manifest. Throws `Refusal` where the answers cannot be met. */
export function manifestSteps(input: PlanInput, answers: Answers): readonly Step[] {
  const { app, analysis, operators } = input;
  const name = wantedPlan(app, answers);
  const network = chosenNetwork(analysis.repo, answers);
  const place = placeOf(network, name);
  const sources = operators!.binaries!;
  const url = manifestUrl(textAnswer(answers, 'url'));
  const also = answerItems(answers['also']) ?? [];
  return [
    {
      name: 'write the manifest',
      apply: draft => {
        writeWhole(draft, `${place}/manifest.json`, manifestText(sources));
        writeWhole(draft, `${place}/checksums.txt`, checksums(sources.binaries));
        const written = analysis.repo.texts.get(`${place}/proposal.json`);
        if (also.includes('chain-registry'))
          writeWhole(
            draft,
            `${place}/versions-entry.json`,
            registryEntry(name, sources, app, written),
          );
        if (also.includes('kubernetes'))
          writeWhole(draft, `${place}/kubernetes.json`, kubernetesDocument(sources, written));
        for (const note of notesOf(sources, url)) draft.note(note);
        return [];
      },
    },
  ];
}

function manifestUrl(text: string): string | undefined {
  if (text === '') return undefined;
  if (!/^https?:\/\/\S+$/.test(text) || !URL.canParse(text))
    throw new Refusal('--url has to be an address of http or https, such as https://…');
  if (new URL(text).searchParams.has('checksum'))
    throw new Refusal('--url has a checksum already; it is computed');
  return text;
}

/** The files that the URLs give, as `sha256sum -c` reads them. Throws where two have one name. */
function checksums(binaries: readonly HashedBinary[]): string {
  const names = new Map<string, string>();
  for (const { url, sha256, platform } of binaries) {
    const name = decodeURIComponent(basename(new URL(url).pathname));
    const other = names.get(name);
    if (name === '' || /[\\\n/]/.test(name) || (other !== undefined && other !== sha256))
      throw new Refusal(
        `the file of ${platform} needs a name of its own, so that its checksum can be told: ${url}`,
      );
    names.set(name, sha256);
  }
  return [...names].map(([name, sha256]) => `${sha256}  ${name}\n`).join('');
}

function notesOf({ binaries, hash, version }: ManifestSources, url: string | undefined): string[] {
  const unread = binaries.filter(({ binary }) => binary === undefined);
  const info = JSON.stringify(infoOf(binaries));
  const separator = url?.includes('?') === true ? '&' : '?';
  return [
    url === undefined
      ? `the plan's info: ${info}`
      : `the plan's info: ${url}${separator}checksum=sha256:${hash} (serve manifest.json byte for byte)`,
    ...unread.map(
      ({ platform }) =>
        `the binary in the archive of ${platform} was not hashed: give the archive with --file, ` +
        'or operators cannot check what they unpacked',
    ),
    ...(version === null ? ['the URLs name no release, so the manifest has no version'] : []),
  ];
}
