import assert from 'node:assert/strict';
import { FolderCache } from '../../../../core/go/repo/folder-cache.ts';

const folders = Array.from({ length: 9 }, (_, i) => `f${i}`);
const list = {};

/** Numbers below a limit, the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

/** What the folders say, by question, and what was made of that so far. */
interface Version {
  readonly says: ReadonlyMap<string, readonly (string | undefined)[]>;
  readonly answers: FolderCache;
}

/** Gives every folder itself as its answer, and notes that it was asked. */
function noting(asked: string[]): (dir: string) => string {
  return dir => {
    asked.push(dir);
    return dir;
  };
}

describe('answers about many folders', () => {
  it("are those of asking every folder anew, in the folders' order, whatever was edited in which version", () => {
    const next = numbers(7);
    const what = ['one', 'two'];
    const versions: Version[] = [
      {
        says: new Map(
          what.map(question => [
            question,
            folders.map(dir => (dir < 'f5' ? `${question} of ${dir}` : undefined)),
          ]),
        ),
        answers: new FolderCache(),
      },
    ];
    for (let edit = 1; edit < 600; edit++) {
      const before = versions[next(versions.length)]!;
      const changed = [folders[next(9)]!, folders[next(9)]!, 'elsewhere'].slice(next(3));
      const says = new Map(
        [...before.says].map(([question, all]) => [
          question,
          all.map((said, i) =>
            changed.includes(folders[i]!)
              ? [undefined, `${question} ${edit}`, said][next(3)]
              : said,
          ),
        ]),
      );
      versions.push({ says, answers: new FolderCache(before.answers, changed) });
      // Not every version is asked everything.
      for (const question of what.slice(next(3))) {
        const { says: then, answers } = versions[next(versions.length)]!;
        const all = then.get(question)!;
        const expected = folders.flatMap((dir, i) => (all[i] === undefined ? [] : [[dir, all[i]]]));
        assert.deepEqual(
          [
            ...answers.of(
              list,
              () => folders,
              question,
              dir => all[folders.indexOf(dir)],
            ),
          ],
          expected,
          `edit ${edit}`,
        );
      }
    }
  });

  it('are asked for only in folders that changed', () => {
    const asked: string[] = [];
    const ask = (answers: FolderCache) => answers.of(list, () => folders, 'what', noting(asked));
    const first = new FolderCache();
    ask(first);
    ask(first);
    assert.deepEqual(asked.splice(0), folders);
    const second = new FolderCache(new FolderCache(first, ['f3']), ['f1']);
    assert.deepEqual([...ask(second).keys()], folders);
    ask(second);
    assert.deepEqual(asked.splice(0), ['f3', 'f1']);
  });

  it('are forgotten where other lists of folders are asked for', () => {
    const asked: string[] = [];
    const answers = new FolderCache();
    const other = {};
    for (const one of [list, other]) answers.of(one, () => ['f1'], 'what', noting(asked));
    const later = new FolderCache(answers, [], [other]);
    for (const one of [list, other]) later.of(one, () => ['f1'], 'what', noting(asked));
    assert.equal(asked.length, 3);
  });
});
