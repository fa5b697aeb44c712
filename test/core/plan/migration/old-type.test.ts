import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../../../../core/chain/analysis.ts';
import { memoryFiles } from '../../../../core/files.ts';
import { loadRepo } from '../../../../core/go/repo/repo.ts';
import type { Plan } from '../../../../core/plan/plan.ts';
import { makePlan } from '../../../../core/tasks/make-plan.ts';
import { newMigration } from '../../../../core/tasks/tasks.ts';
import { filesBelow } from '../../../support/chains.ts';
import { parser } from '../../../support/go.ts';
import { gofmtIsHere, gofmtWish } from '../../../support/gofmt.ts';
import { asPatch } from '../../../support/plans.ts';
import { projectRoot } from '../../../support/root.ts';

const layer = (name: string) =>
  Object.fromEntries(
    filesBelow(join(projectRoot, 'test/go', name)).map(path => [
      path,
      readFileSync(join(projectRoot, 'test/go', name, path), 'utf8'),
    ]),
  );
const then = { ...layer('chain'), ...layer('messages/then') };
const now = { ...then, ...layer('messages/now') };
const messages = 'x/counter/types/mark.pb.go';
const golden = join(projectRoot, 'test/goldens/migration/old-type/counter-mark.patch');

type Texts = Readonly<Record<string, string>>;

async function planned(
  asked: string,
  { was = then, is = now, base = true }: { was?: Texts; is?: Texts; base?: boolean } = {},
): Promise<Plan> {
  const read = async (texts: Texts) => {
    const repo = await loadRepo(memoryFiles(texts), parser);
    return analyse(repo);
  };
  const [before, analysis] = await Promise.all([read(was), read(is)]);
  const release = { ref: 'v1.0.0', ...before, merged: true, notes: [], files: memoryFiles(was) };
  return makePlan(
    newMigration,
    { analysis, app: analysis.chain.apps[0]!, ...(base && { base: release }) },
    { module: 'counter', 'old-type': asked },
    { now: memoryFiles(is), base: base ? release : { reason: 'no release tag' } },
  );
}

const changed = (texts: Texts, change: (text: string) => string) => ({
  ...texts,
  [messages]: change(texts[messages]!),
});

describe('a migration that reads values as the message they were', function () {
  this.timeout(30_000);

  it('is what was reviewed, and gofmt-clean', async () => {
    const plan = await planned('Mark=types.MarkKey');
    const text = asPatch(plan);
    assert.equal(plan.refused, undefined);
    if (process.env['UPDATE'] === '1') {
      mkdirSync(join(golden, '..'), { recursive: true });
      writeFileSync(golden, text);
    }
    assert.ok(existsSync(golden), 'there is no golden; write it with UPDATE=1 and review it');
    assert.equal(text, readFileSync(golden, 'utf8'));
    for (const { file, text: made } of [
      ...plan.creates,
      ...plan.edits.map(e => ({ file: e.file, text: e.after })),
    ])
      if (gofmtIsHere) assert.equal(gofmtWish(made), undefined, file);
  });

  it("registers nothing under the name of today's message", async () => {
    const kept = (await planned('Mark=0x07')).creates.find(c =>
      c.file.endsWith('/types/mark.pb.go'),
    )!.text;
    assert.doesNotMatch(kept, /Register|fileDescriptor|func init\(|XXX_/);
    assert.match(kept, /^type Spot = countertypes\.Spot$/m);
  });

  it("keeps a message of another package of the module's", async () => {
    const moved = (texts: Texts) =>
      Object.fromEntries(
        Object.entries(texts).map(([path, text]) =>
          path === messages
            ? ['x/counter/types/v1/mark.pb.go', text.replace('package types', 'package v1')]
            : [path, text],
        ),
      );
    const plan = await planned('v1.Mark=types.MarkKey', { was: moved(then), is: moved(now) });
    const store = plan.creates.find(c => c.file.endsWith('/store.go'))!.text;
    assert.match(store, /func migrateMark\(old oldtypes\.Mark\) \(v1\.Mark, error\)/);
    assert.match(store, /KVStorePrefixIterator\(kvStore, types\.MarkKey\)/);
  });

  it('is handed the store by a method of the keeper where its field is none that can be handed on', async () => {
    const keeper = 'x/counter/keeper/keeper.go';
    const is = {
      ...now,
      [keeper]: now[keeper as keyof typeof now]!.replace(
        '\tstoreService store.KVStoreService\n}',
        '\tstoreService kvStores\n}\n\ntype kvStores interface{ store.KVStoreService }\n\nfunc (k Keeper) StoreService() store.KVStoreService { return k.storeService }',
      ),
    };
    const plan = await planned('Mark=0x07', { is });
    assert.match(
      plan.edits.find(e => e.file === keeper)!.after,
      /return v3\.MigrateStore\(ctx, m\.keeper\.StoreService\(\)\)/,
    );
    assert.match(
      plan.creates.find(c => c.file.endsWith('/store.go'))!.text,
      /\n\t"cosmossdk\.io\/core\/store"\n/,
    );
  });

  it('names numbers of the SDK as they are called now', async () => {
    const was = changed(then, text =>
      text
        .replace(
          /(\n\tWeight +)string( +`[^`]*)(`)/,
          '$1github_com_cosmos_cosmos_sdk_types.Dec$2$3',
        )
        .replace(
          'import (\n',
          'import (\n\tgithub_com_cosmos_cosmos_sdk_types "github.com/cosmos/cosmos-sdk/types"\n',
        ),
    );
    const kept = (await planned('Mark=0x07', { was })).creates.find(c =>
      c.file.endsWith('/types/mark.pb.go'),
    )!.text;
    assert.match(kept, /\n\tWeight cosmossdk_io_math\.LegacyDec `/);
    assert.doesNotMatch(kept, /github_com_cosmos_cosmos_sdk_types/);
    if (gofmtIsHere) assert.equal(gofmtWish(kept), undefined);
  });

  it('names packages of the SDK that are modules of their own now', async () => {
    const was = changed(then, text =>
      text
        .replace(/(\n\tWeight +)string/, '$1*types1.Plan')
        .replace(
          'import (\n',
          'import (\n\ttypes1 "github.com/cosmos/cosmos-sdk/x/upgrade/types"\n',
        ),
    );
    const kept = (await planned('Mark=0x07', { was })).creates.find(c =>
      c.file.endsWith('/types/mark.pb.go'),
    )!.text;
    assert.match(kept, /\n\t\w+ "cosmossdk\.io\/x\/upgrade\/types"\n/);
    assert.doesNotMatch(kept, /cosmos-sdk\/x\/upgrade/);
  });

  const refusals: readonly (readonly [
    title: string,
    asked: string,
    given: Parameters<typeof planned>[1],
    reason: RegExp,
  ])[] = [
    ['what names no message', 'mark', {}, /names no message; write TYPE or TYPE=PREFIX/],
    [
      'a message that there is not',
      'Marker=0x07',
      {},
      /no generated code \(\.pb\.go\) in x\/counter of this repository declares a message Marker/,
    ],
    [
      'a message that is new',
      'Mark=0x07',
      { was: layer('chain') },
      /no generated code \(\.pb\.go\) in x\/counter of v1\.0\.0 declares a message Mark/,
    ],
    [
      'a message that did not change',
      'Spot=0x07',
      {},
      /Spot is what it was in v1\.0\.0, so there is nothing to migrate/,
    ],
    [
      'no release',
      'Mark=0x07',
      { base: false },
      /there is no last release whose Mark could be kept \(no release tag\); name one with --base/,
    ],
    [
      'a prefix that nothing says',
      'Mark',
      {},
      /no collection of the Keeper in x\/counter\/keeper is known to hold Mark as it is encoded; name the prefix/,
    ],
    [
      'a prefix that is not declared',
      'Mark=types.MarksKey',
      {},
      /the key prefix types\.MarksKey is not declared in x\/counter\/types; give its bytes instead/,
    ],
    [
      'a prefix that is no bytes',
      'Mark=0x7',
      {},
      /the key prefix 0x7 is neither bytes nor an exported name/,
    ],
    [
      'a package that is gone',
      'Mark=0x07',
      {
        was: changed(then, text =>
          text
            .replace(/(\n\tWeight +)string/, '$1old.Weight')
            .replace('import (\n', 'import (\n\told "github.com/old/weights"\n'),
        ),
      },
      /Mark, as it was, holds a type of github\.com\/old\/weights, which go\.mod no longer requires/,
    ],
    [
      'a oneof',
      'Mark=0x07',
      {
        was: changed(then, text =>
          text.replace(/\n\tWeight .*/, '\n\tSum isMark_Sum `protobuf_oneof:"sum"`'),
        ),
      },
      /Mark in x\/counter\/types\/mark\.pb\.go has a oneof, Sum, which is not followed/,
    ],
    [
      'a message that holds itself',
      'Note=0x07',
      {
        was: changed(then, text =>
          text.replace(
            /(type Note struct \{\n)/,
            '$1\tNext *Note `protobuf:"bytes,3,opt,name=next,proto3"`\n',
          ),
        ),
      },
      /Note in .* holds itself, which is not followed/,
    ],
    [
      'a type of its own that is gone',
      'Mark=0x07',
      { was: changed(then, text => text.replace(/(\n\tWeight +)string/, '$1Weight')) },
      /Mark, as it was, holds a Weight, which x\/counter\/types no longer declares/,
    ],
    [
      'code of another generator',
      'Mark=0x07',
      {
        is: changed(now, text =>
          text.replace('func (m *Mark) Marshal() (', 'func (m *Mark) Encode() ('),
        ),
      },
      /gives Mark no Marshal of its own, as gogoproto does/,
    ],
  ];
  for (const [title, asked, given, reason] of refusals) {
    it(`is refused for ${title}`, async () => {
      const plan = await planned(asked, given);
      assert.match(plan.refused?.reason ?? 'offered', reason);
      assert.deepEqual([plan.creates, plan.edits], [[], []]);
    });
  }
});
