import { ok, strictEqual, throws } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GoChain } from './chain.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 20 * 60_000;

const bumped: readonly { title: string; module: string; to: number; options?: readonly string[] }[] = [
  { title: 'a module whose keeper has a migrator', module: 'counter', to: 3 },
  { title: 'a module without keeper, migrations and RegisterServices', module: 'box', to: 2 },
  { title: 'a module whose keys get another prefix', module: 'ledger', to: 2, options: ['--prefix', '0x01=0x1102'] },
];

for (const { title, module, to, options = [] } of bumped) {
  describe(`the migration of ${title}`, function () {
    this.timeout(patience);
    let chain: GoChain;
    before(() => {
      chain = new GoChain();
      chain.chainUpgrade('migration', module, '--yes', ...options);
    });
    after(() => chain?.remove());

    it('compiles', () => void chain.go('build', './...'));
    it('passes go vet', () => void chain.go('vet', './...'));
    it('is gofmt-clean', () => strictEqual(chain.unformatted(), ''));
    it('passes the test that was written for it', () => {
      const ran = chain.go('test', '-count=1', '-v', `./x/${module}/...`);
      ok(/^--- PASS: /m.test(ran), `no test ran:\n${ran}`);
      ok(!/^--- SKIP: /m.test(ran), `a test was skipped:\n${ran}`);
    });
    it('fails that test once its body is emptied', () => {
      const file = join(chain.dir, `x/${module}/migrations/v${to}/store.go`), text = readFileSync(file, 'utf8');
      writeFileSync(file, emptied(text));
      try {
        throws(() => chain.go('test', '-count=1', '-vet=off', `./x/${module}/...`), /--- FAIL: TestMigrateStore/);
      } finally {
        writeFileSync(file, text);
      }
    });
  });
}

/** A file whose migration does nothing; what it imported is still named. */
function emptied(text: string): string {
  const names = [...text.matchAll(/^\t(?:(\w+) )?"(?:[^"]*\/)?(\w+)"$/gm)].map(([, alias, last]) => alias ?? last!);
  const uses: Readonly<Record<string, string>> = { bytes: 'bytes.Equal', runtime: 'runtime.KVStoreAdapter', storetypes: 'storetypes.KVStorePrefixIterator' };
  const body = /(func MigrateStore\([^]*?\) error \{\n)[^]*?\n\}\n/;
  ok(body.test(text), `no migration in:\n${text}`);
  return text.replace(body, '$1\treturn nil\n}\n') + names.filter(name => name in uses).map(name => `\nvar _ = ${uses[name]}\n`).join('');
}
