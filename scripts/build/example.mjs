// The example chain of the walkthrough, as one file: the chain that Go compiles in the tests, and
// the release before it, which is that chain without what its next version brings.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The chain as its developers have it now. */
const chain = 'test/go/chain';
/** The release, which the upgrade v2 of the chain was for. */
const tag = 'v2.0.0';
/** What the next version brings: this folder is not in the release. */
const brought = 'x/ledger/';

/** Where the release has another text: the ledger is not mounted, and the count takes 4 bytes. */
const before = [
  ['app/app.go', '\tledgertypes "example.com/tiny/x/ledger/types"\n', ''],
  ['app/app.go', '\t\tledgertypes.StoreKey,\n', ''],
  ['app/modules.go', '\t"example.com/tiny/x/ledger"\n', ''],
  ['app/modules.go', '\tledgertypes "example.com/tiny/x/ledger/types"\n', ''],
  [
    'app/modules.go',
    '\t\tledger.NewAppModule(runtime.NewKVStoreService(app.keys[ledgertypes.StoreKey])),\n',
    '',
  ],
  ['app/modules.go', ', ledgertypes.ModuleName', ''],
  ['x/counter/module.go', 'ConsensusVersion = 2', 'ConsensusVersion = 1'],
  ['x/counter/module.go', '\t_ module.HasServices         = AppModule{}\n', ''],
  ['x/counter/module.go', /func \(am AppModule\) RegisterServices\([\s\S]*?\n}\n\n/, ''],
  ['x/counter/types/keys.go', '8 bytes', '4 bytes'],
  ['x/counter/keeper/keeper.go', '\tsdk "github.com/cosmos/cosmos-sdk/types"\n', ''],
  ['x/counter/keeper/keeper.go', 'len(bz) != 8', 'len(bz) != 4'],
  ['x/counter/keeper/keeper.go', 'want 8', 'want 4'],
  [
    'x/counter/keeper/keeper.go',
    'return binary.BigEndian.Uint64(bz)',
    'return uint64(binary.BigEndian.Uint32(bz))',
  ],
  ['x/counter/keeper/keeper.go', 'AppendUint64(nil, count)', 'AppendUint32(nil, uint32(count))'],
  ['x/counter/keeper/keeper.go', /\n\/\/ Migrator runs [\s\S]*$/, ''],
];

/** Writes both versions of the chain into one file: all of the release, and what changed since. */
export function bundleExample(target) {
  const next = textsIn(chain);
  const release = Object.fromEntries(
    Object.entries(next).filter(([file]) => !file.startsWith(brought)),
  );
  for (const [file, text, earlier] of before)
    release[file] = replaceOnce(file, release[file], text, earlier);
  const changed = Object.fromEntries(
    Object.entries(next).filter(([file, text]) => release[file] !== text),
  );
  writeFileSync(target, `${JSON.stringify({ tag, release, next: changed })}\n`);
}

function textsIn(dir) {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    files.map(file => [relative(dir, file).split(sep).join('/'), readFileSync(file, 'utf8')]),
  );
}

/** The chain may change: an edit that finds its place no more, or two of them, fails the build. */
function replaceOnce(file, text, before, after) {
  const parts = text.split(before);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${before}`);
  return parts.join(after);
}
