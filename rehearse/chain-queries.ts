import { Refusal } from '../core/refusal.ts';
import {
  implementationsRequest,
  listedNames,
  reflectionService,
} from '../core/rehearse/pending.ts';
import { appliedHeight, appliedPlanRequest, moduleVersions } from '../core/rehearse/protobuf.ts';
import type { AbciQuery } from './chain-node.ts';

/** The height a plan was applied at; 0 where it never was. */
export async function appliedHeightOf(query: AbciQuery, plan: string): Promise<number> {
  const path = '/cosmos.upgrade.v1beta1.Query/AppliedPlan';
  return appliedHeight(await answered(query, path, appliedPlanRequest(plan)));
}

/** The module versions that the chain's state holds. */
export async function moduleVersionsOf(query: AbciQuery): Promise<ReadonlyMap<string, number>> {
  const path = '/cosmos.upgrade.v1beta1.Query/ModuleVersions';
  return moduleVersions(await answered(query, path, new Uint8Array()));
}

/** Whether the node serves a store. */
export async function servesStore(query: AbciQuery, name: string): Promise<boolean> {
  return (await query(`/store/${name}/key`, Uint8Array.of(0))).code === 0;
}

/** The types that a version's codec has registered; undefined where it does not say. */
export async function registeredTypes(query: AbciQuery): Promise<ReadonlySet<string> | undefined> {
  const interfaces = await query(`${reflectionService}/ListAllInterfaces`, new Uint8Array());
  if (interfaces.code !== 0) return undefined;
  const types = new Set<string>();
  for (const name of listedNames(interfaces.value)) {
    const listed = await query(
      `${reflectionService}/ListImplementations`,
      implementationsRequest(name),
    );
    if (listed.code !== 0) return undefined;
    for (const type of listedNames(listed.value)) types.add(type);
  }
  return types.size > 0 ? types : undefined;
}

async function answered(query: AbciQuery, path: string, data: Uint8Array): Promise<Uint8Array> {
  const { code, log, value } = await query(path, data);
  if (code !== 0) throw new Refusal(`the node does not answer ${path}: ${log || `code ${code}`}`);
  return value;
}
