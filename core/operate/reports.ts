import { isJsonObject } from '../rehearse/checks/check.ts';

/** What an operator reported, by `verify --attest`. */
export interface ReadyReport {
  readonly chainId: string;
  readonly upgrade: string;
  readonly consensusAddress: string;
  /** Null where neither the binary nor the manifest said it. */
  readonly version: string | null;
}

/** The reports of a file, one a line, and what is wrong with the others. */
export interface ReadReports {
  readonly reports: readonly ReadyReport[];
  readonly problems: readonly { readonly endpoint: string; readonly why: string }[];
}

/** Reads such a file; `file` is its name for messages. */
export function readReports(text: string, file: string): ReadReports {
  const reports: ReadyReport[] = [];
  const problems: { endpoint: string; why: string }[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const report = readReport(line);
    if (typeof report === 'string') problems.push({ endpoint: `${file}:${i + 1}`, why: report });
    else reports.push(report);
  }
  return { reports, problems };
}

/** One line, or why it is none. */
function readReport(line: string): ReadyReport | string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return 'this is no JSON: give a line that verify --attest printed';
  }
  if (!isJsonObject(json) || json['kind'] !== 'upgrade-ready')
    return 'this is no line that verify --attest printed';
  const { chainId, upgrade, consensusAddress, version = null } = json;
  const isAddress =
    typeof consensusAddress === 'string' && /^[0-9A-F]{40}$/i.test(consensusAddress);
  if (typeof chainId !== 'string' || typeof upgrade !== 'string' || !isAddress)
    return 'it lacks chainId, upgrade or consensusAddress';
  return {
    chainId,
    upgrade,
    consensusAddress: consensusAddress.toUpperCase(),
    version: typeof version === 'string' ? version : null,
  };
}
