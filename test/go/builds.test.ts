import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { compiled } from '../../scripts/builds/compiled.ts';
import type { State } from '../../scripts/builds/states.ts';
import { typeChecked } from '../../scripts/builds/type-checked.ts';
import { tempDir, writeFiles } from '../support/temp.ts';

const good = 'package app\n\nimport "fmt"\n\nfunc Name() string { return fmt.Sprint("v1") }\n';

describe('what Go says of a new upgrade', function () {
  this.timeout(300_000);

  it('is asked by types alone', () => {
    const { module, stateOf } = moduleOf({ 'app/app.go': good });
    const { before, after } = typeChecked({ module, packages: './app/...' }, [
      stateOf({ 'app/more.go': 'package app\n\nvar Other = Name()\n' }),
      stateOf({ 'app/more.go': 'package app\n\nfunc Other() { unused := Name() }\n' }),
      stateOf({ 'app/app.go': good.replace('fmt.Sprint("v1")', '"v1"') }),
      stateOf({ 'upgrades/v2/v2.go': 'package v2\n\nvar Name int = "v2"\n', 'app/app.go': good }),
    ]);
    assert.deepEqual(before.words, []);
    assert.deepEqual(after[0]!.words, []);
    assert.match(after[1]!.words.join(), /^app\/more\.go:3:16: declared and not used: unused$/);
    assert.match(after[2]!.words.join(), /^app\/app\.go:3:8: "fmt" imported and not used$/);
    assert.match(after[3]!.words.join(), /^upgrades\/v2\/v2\.go:3:16: cannot use "v2"/);
  });

  it('leaves out what it says of the app as it is', () => {
    const { module, stateOf } = moduleOf({
      'app/app.go': 'package app\n\nimport "example.org/gone"\n\nvar Name = gone.Name\n',
    });
    const { before, after } = typeChecked({ module, packages: './app/...' }, [
      stateOf({
        'app/app.go':
          'package app\n\n// More.\n\nimport "example.org/gone"\n\nvar Name, Other = gone.Name, gone.Other\n',
      }),
    ]);
    assert.match(before.words.join(), /example\.org\/gone/);
    assert.deepEqual(after[0]!.words, []);
  });

  it('is asked by a build and by vet', () => {
    const vetted = good.replace('fmt.Sprint("v1")', 'fmt.Sprintf("%d", "v1")');
    const { module, stateOf } = moduleOf({ 'app/app.go': vetted });
    const { before, after } = compiled({ module, packages: './app/...' }, [
      stateOf({ 'app/more.go': 'package app\n\nvar Other = Name()\n' }),
      stateOf({ 'app/more.go': 'package app\n\nfunc Other() { unused := Name() }\n' }),
      stateOf({
        'app/more.go':
          'package app\n\nimport "fmt"\n\nfunc Other() string { return fmt.Sprintf("%d", Name()) }\n',
      }),
      stateOf({ 'app/app.go': `${vetted}\n// More.\n` }),
    ]);
    assert.deepEqual(after[3]!.words, []);
    assert.deepEqual([before.words, after[0]!.words], [[], []]);
    assert.match(after[1]!.words.join(), /^app\/more\.go:3:16: declared and not used: unused$/);
    assert.equal(after[2]!.words.length, 1);
    assert.match(after[2]!.words.join(), /^vet: app\/more\.go:5:\d+: fmt\.Sprintf format %d/);
  });
});

/** A Go module in a folder of its own, and states of it. */
function moduleOf(texts: Readonly<Record<string, string>>): {
  module: string;
  stateOf(texts: Readonly<Record<string, string>>): State;
} {
  const module = tempDir({ 'go.mod': 'module example.org/chain\n\ngo 1.22\n', ...texts });
  return {
    module,
    stateOf(written) {
      const files = Object.keys(written);
      const folder = tempDir(
        Object.fromEntries(files.map((file, i) => [String(i), written[file]!])),
      );
      writeFiles(folder, {
        'overlay.json': JSON.stringify({
          Replace: Object.fromEntries(
            files.map((file, i) => [join(module, file), join(folder, String(i))]),
          ),
        }),
      });
      const changed = [...new Set(files.map(file => `./${dirname(file)}`))];
      return {
        variant: '',
        plan: { creates: [], edits: [], notes: [] },
        overlay: join(folder, 'overlay.json'),
        changed,
        unformatted: [],
      };
    },
  };
}
