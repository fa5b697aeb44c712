import assert from 'node:assert/strict';
import { analyse } from '../../../../core/chain/analysis.ts';
import { readErasOf } from '../../../../core/chain/eras/eras.ts';
import { inspect } from '../../../../core/inspect/inspect.ts';
import { inspectionText } from '../../../../core/inspect/inspect-text.ts';
import { chainWithEras, smallEraTexts } from '../../../support/era-chain.ts';

const supportedFile = 'x/era/supported.go';

async function read(more: Readonly<Record<string, string>> = {}) {
  const repo = await chainWithEras(more);
  const { chain } = analyse(repo);
  const [app] = chain.apps;
  return { chain, app: app!, eras: readErasOf(repo, app!) };
}

describe('the eras of an app', () => {
  it('are those that its framework supports, with the releases that brought them', async () => {
    const { eras } = await read();
    assert.ok(eras);
    assert.deepEqual([eras.dir, eras.first, eras.isWhole], ['x/era', 'thales', true]);
    assert.deepEqual(
      eras.supported.map(({ name }) => name),
      ['thales', 'pythagoras'],
    );
    assert.deepEqual([...eras.since], [['pythagoras', 'v2.1.0']]);
    assert.deepEqual(
      eras.constants.map(({ name, ident }) => [name, ident]),
      [
        ['thales', 'Thales'],
        ['pythagoras', 'Pythagoras'],
      ],
    );
  });

  it('have switches in the framework, in modules and in functions', async () => {
    const { eras } = await read();
    assert.deepEqual(
      eras?.switches.map(({ name, location, eras: held, isWhole }) => [
        name,
        `${location.file}:${location.line}`,
        held.map(one => one.name).join(),
        isWhole,
      ]),
      [
        ['step', 'x/berth/keeper/step.go:9', 'thales,pythagoras', true],
        ['fee', 'x/era/fee.go:3', 'thales,pythagoras', true],
      ],
    );
  });

  it('say what is not known', async () => {
    const { eras } = await read({
      [supportedFile]: `${smallEraTexts[supportedFile]}\nvar extra = append(Supported, fromFlags()...)\n`,
      'x/era/fee.go':
        'package era\n\nvar Fee = NewSwitch(title(), Supported, map[Era]func(int64) int64{\n\tThales: free,\n\tnext(): free,\n})\n\nfunc free(int64) int64 { return 0 }\n',
    });
    const fee = eras?.switches.find(({ location }) => location.file === 'x/era/fee.go');
    assert.deepEqual(
      [fee?.name, fee?.eras.map(({ name }) => name), fee?.isWhole],
      [null, ['thales', null], false],
    );
  });

  it('are not whole where a part of the list is computed', async () => {
    const text = smallEraTexts[supportedFile]!.replace(
      'Thales, Pythagoras}',
      'Thales, fromFlags()}',
    );
    const { eras } = await read({ [supportedFile]: text });
    assert.deepEqual(
      [eras?.supported.map(({ name }) => name), eras?.isWhole],
      [['thales', null], false],
    );
  });

  it('are none where a package only has that name', async () => {
    const { eras } = await read({ 'x/era/era.go': 'package era\n\ntype Era string\n' });
    assert.equal(eras, undefined);
  });

  it('are shown by inspect', async () => {
    const { chain, eras } = await read();
    const shown = inspect('/r', chain, { eras: new Map([['app', eras!]]) });
    assert.deepEqual(shown.apps[0]?.eras, {
      supported: ['thales', 'pythagoras'],
      since: { pythagoras: 'v2.1.0' },
      switches: [
        { name: 'step', file: 'x/berth/keeper/step.go', line: 9, eras: ['thales', 'pythagoras'] },
        { name: 'fee', file: 'x/era/fee.go', line: 3, eras: ['thales', 'pythagoras'] },
      ],
    });
    const text = inspectionText(shown);
    assert.match(text, /^ {2}eras +thales, pythagoras \(since v2\.1\.0\)$/m);
    assert.match(text, /^ {2}era switch +fee in x\/era\/fee\.go:3: thales, pythagoras$/m);
  });
});
