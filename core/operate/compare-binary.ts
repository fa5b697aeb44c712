import type { CheckOutcome } from './check.ts';
import { failed, passed, unseen } from './check.ts';
import type { HomeFacts } from './facts.ts';
import type { HashKind } from './machine.ts';
import { ifThere } from './machine.ts';
import { plannedUrl } from './plan-info.ts';

/** A checksum that somebody published. */
interface Published {
  readonly kind: HashKind;
  readonly hash: string;
  /** Where it was read, for messages. */
  readonly source: string;
}

/** Files that a download unpacks (hashicorp/go-getter): their checksum is not that of the binary. */
const archived = /\.(zip|tar|tgz|tbz2|txz|tar\.\w+|gz|bz2|xz|zst)$/i;

/**
 * Compares the new binary with the checksum that was published of it: of the binary itself, of the
 * URL that it is downloaded from, or of the archive that it was unpacked from.
 */
export function compareBinary(facts: HomeFacts): CheckOutcome {
  const { binary, manifest, platform } = facts;
  if (binary.sha256.is !== 'there')
    return unseen(binary.sha256, binary.path, 'there is no binary to compare');
  const own = manifest?.read.binarySha256[platform];
  if (own !== undefined) {
    const source = `binary_sha256 of ${manifest!.path}`;
    return compared(facts, { kind: 'sha256', hash: own, source });
  }
  const url = plannedUrl(facts);
  if (url === undefined)
    return failed(
      'no checksum of the binary is known: it was not compared',
      'give --manifest FILE, or --node URL where the plan has binaries in its info',
      { file: binary.path, severity: 'warning' },
    );
  const published = checksumIn(url.address, url.source);
  if (published === undefined)
    return failed(
      `the URL of ${platform} in ${url.source} has no sha256 or sha512 checksum: ` +
        'the binary was not compared',
      'ask the team for the checksum of the binary',
      { file: binary.path, severity: 'warning' },
    );
  return isArchive(url.address) ? comparedByArchive(facts, published) : compared(facts, published);
}

function compared({ binary }: HomeFacts, { kind, hash, source }: Published): CheckOutcome {
  const found = ifThere(binary[kind]);
  if (found === hash) return passed(`${kind} is that of ${source}`, binary.path);
  return failed(
    `its ${kind} is ${found ?? 'not known'}, ${source} has ${hash}: this is another file`,
    'download the binary of this release again and put it in place',
    { file: binary.path },
  );
}

function comparedByArchive(facts: HomeFacts, { kind, hash, source }: Published): CheckOutcome {
  const { archive, binary } = facts;
  if (!archive)
    return failed(
      `${source} has the checksum of an archive alone: the binary was not compared`,
      'give the archive with --archive FILE',
      { file: binary.path, severity: 'warning' },
    );
  if (archive[kind] !== hash)
    return failed(
      `${archive.path} has the ${kind} ${archive[kind]}, ${source} has ${hash}`,
      'download the archive again',
      { file: archive.path },
    );
  if (archive.binarySha256 === undefined)
    return failed(
      `${archive.path} holds neither bin/${ifThere(facts.daemon)!} nor ${ifThere(facts.daemon)!}`,
      'give the archive that the plan names for this machine',
      { file: archive.path },
    );
  if (archive.binarySha256 === ifThere(binary.sha256))
    return passed(`it is the binary in ${archive.path}, whose ${kind} ${source} has`, binary.path);
  return failed(
    `it is not the binary in ${archive.path}`,
    'unpack the binary from the archive and put it in place',
    { file: binary.path },
  );
}

function checksumIn(address: string, source: string): Published | undefined {
  const checksum = new URL(address).searchParams.get('checksum') ?? '';
  const [, kind, hash] =
    /^(sha256|sha512):([0-9a-f]+)$/i.exec(checksum) ??
    // go-getter tells a bare one by its length.
    (/^[0-9a-f]{64}$/i.test(checksum) ? ['', 'sha256', checksum] : []);
  if (kind === undefined) return undefined;
  return { kind: kind.toLowerCase() as HashKind, hash: hash!.toLowerCase(), source };
}

/** go-getter unpacks by the end of the path, or as `archive` says. */
function isArchive(address: string): boolean {
  const url = new URL(address);
  const named = url.searchParams.get('archive');
  return named === null ? archived.test(url.pathname) : named !== 'false';
}
