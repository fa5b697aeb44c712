import type { App } from '../../chain/chain.ts';
import { infoOf } from '../../sdk/upgrade-info.ts';
import type { ManifestSources } from './manifest-sources.ts';
import { registeredNames } from './wanted-plan.ts';

/** The height in a proposal that was written before; null where there is none. */
export function proposedHeight(proposal: string | undefined): number | null {
  try {
    const { messages } = JSON.parse(proposal ?? '') as {
      messages?: { plan?: { height?: unknown } }[];
    };
    const height = Number(messages?.[0]?.plan?.height);
    return Number.isSafeInteger(height) && height > 0 ? height : null;
  } catch {
    return null;
  }
}

/**
 * The entry of a chain's versions.json in the chain-registry. Height and proposal are null until
 * they are known.
 */
export function registryEntry(
  name: string,
  { binaries, version }: Pick<ManifestSources, 'binaries' | 'version'>,
  app: App,
  proposal: string | undefined,
): string {
  const names = registeredNames(app);
  const previous = names[names.indexOf(name) - 1];
  const tag = version ?? name;
  const sdk = app.sdk.version?.replace(/^v/, '');
  const entry = {
    name,
    tag,
    height: proposedHeight(proposal),
    proposal: null,
    recommended_version: tag,
    compatible_versions: [tag],
    ...(sdk !== undefined && { sdk: { type: 'cosmos', version: sdk } }),
    ...(previous !== undefined && { previous_version_name: previous }),
    ...infoOf(binaries),
  };
  return `${JSON.stringify(entry, null, 2)}\n`;
}

/**
 * What operators of Kubernetes are told of an upgrade: cosmos-operator by `spec.chain.versions`,
 * Cosmopilot by `spec.app.upgrades`, or by `docker` in the plan's info. The image is the team's.
 */
export function kubernetesDocument(
  { version }: Pick<ManifestSources, 'version'>,
  proposal: string | undefined,
): string {
  const height = proposedHeight(proposal);
  const image = `$IMAGE:${version ?? '$VERSION'}`;
  const document = {
    'cosmos-operator': { spec: { chain: { versions: [{ height, image }] } } },
    cosmopilot: { spec: { app: { upgrades: [{ height, image }] } } },
    info: { docker: image },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
