import { bytesField, WireMessage } from './abci/wire.ts';

// The two answers that are asked of a node, as cosmos.upgrade.v1beta1 defines them.

/** QueryAppliedPlanRequest{name}. */
export function appliedPlanRequest(name: string): Uint8Array {
  return bytesField(1, name);
}

/** QueryAppliedPlanResponse{height}: 0 where the plan was never applied. */
export function appliedHeight(response: Uint8Array): number {
  return new WireMessage(response).int(1);
}

/** QueryModuleVersionsResponse{repeated {name, version}}. */
export function moduleVersions(response: Uint8Array): Map<string, number> {
  const versions = new WireMessage(response).messages(1);
  return new Map(versions.map(version => [version.text(1), version.int(2)]));
}
