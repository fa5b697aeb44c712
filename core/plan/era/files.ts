import { join } from '../../files.ts';
import { assemble } from '../../go/edit/go-file.ts';
import { keyedFields } from '../../go/edit/print.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { render } from '../../render.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { Create } from '../plan.ts';
import type { EraFacts, SupportedEra } from './facts.ts';
import { eraIdentifier, refuseTakenNames } from './facts.ts';
import { eraImports } from './imports.ts';
import { switchFiles } from './switch-files.ts';

/** Files without imports from the SDK, and others. */
const plainFiles = ['era.go', 'switch.go', 'era_test.go'];
const sdkFiles = ['reader.go', 'keeper.go', 'module.go'];
/** The same for what only governance needs. */
const plainGoverned = ['decision.go', 'decision_test.go'];
const sdkGoverned = ['store.go', 'votes.go', 'genesis.go', 'keeper_test.go'];

/**
 * The files of the package x/era, as they are in a chain that gets eras now. Throws `Refusal` where
 * an era or a switch would be called as something else in the package is.
 */
export function eraFiles(repo: Repo, facts: EraFacts): readonly Create[] {
  const { generation, dir, governed } = facts;
  refuseTakenNames(facts);
  const old = generationIsBefore(generation, '0.50');
  const imports = eraImports(generation);
  const data = { governed, old, ...storeOf(old) };
  const withSdk = (file: string): Create => {
    const path = join(dir, file);
    const body = render(`era/${file}`, data);
    return {
      file: path,
      text: assemble(repo, { path, header: '', packageClause: 'package era', body, imports }),
    };
  };
  const plain = (file: string): Create => ({
    file: join(dir, file),
    text: render(`era/${file}`, {}),
  });
  return [
    ...[...plainFiles, ...(governed ? plainGoverned : ['schedule.go'])].map(plain),
    { file: join(dir, 'supported.go'), text: supportedText(facts.supported) },
    ...[...sdkFiles, ...(governed ? sdkGoverned : [])].map(withSdk),
    ...facts.switches.flatMap(name => switchFiles(repo, facts, name)),
  ];
}

/** How the package opens its store. */
function storeOf(old: boolean) {
  const field = old ? 'storeKey' : 'storeService';
  const given = old ? 'key' : 'sdkruntime.NewKVStoreService(key)';
  return {
    field,
    type: old ? 'storetypes.StoreKey' : 'store.KVStoreService',
    literal: `StoreReader{${field}: ${field}}`,
    testState: `StoreReader{${field}: ${given}}`,
    opened: old
      ? 'ctx.KVStore(r.storeKey)'
      : 'sdkruntime.KVStoreAdapter(r.storeService.OpenKVStore(ctx))',
  };
}

function supportedText(supported: readonly SupportedEra[]): string {
  const eras = supported.map(({ name }) => ({ name: eraIdentifier(name), value: quote(name) }));
  const width = Math.max(...eras.map(({ name }) => name.length));
  const since = supported.flatMap(({ name, since: release }) =>
    release === undefined ? [] : [{ key: eraIdentifier(name), value: quote(release) }],
  );
  return render('era/supported.go', {
    first: quote(supported[0]!.name),
    consts: eras.map(({ name, value }) => `${name.padEnd(width)} Era = ${value}`),
    names: eras.map(({ name }) => name),
    since: since.length === 0 ? '{}' : `{\n${keyedFields(since, '\t')}\n}`,
  });
}
