import assert from 'node:assert/strict';
import { join } from 'node:path';
import { memoryFiles } from '../../core/files.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { State } from '../../scripts/builds/states.ts';
import { typeChecked } from '../../scripts/builds/type-checked.ts';
import { Project } from '../../scripts/variants/project.ts';
import type { Rewriter, Rewriting } from '../../scripts/variants/rewriter.ts';
import { rewriters } from '../../scripts/variants/rewriters.ts';
import { apart } from '../../scripts/variants/spots.ts';
import { rewritten } from '../../scripts/variants/trial.ts';
import { parser } from '../support/go.ts';
import { tempDir, writeFiles } from '../support/temp.ts';
import { GoChain } from './chain.ts';
import { filesOf } from './generations.ts';

describe('Go that is rewritten without a change of meaning', function () {
  this.timeout(600_000);

  it('still compiles, at every place of the chain', async () => {
    const chain = new GoChain();
    try {
      const texts = Object.fromEntries(filesOf('0.50', 'chain'));
      const repo = await loadRepo(memoryFiles(texts), parser);
      const project = new Project(repo, parser);
      const tried = rewriters.flatMap(rewriter => {
        const places = placesIn(repo, project, rewriter);
        return places.length > 0 ? [{ rewriter, places }] : [];
      });
      const states = tried.map(({ places }) => stateOf(chain.dir, repo, places));
      const { before, after } = typeChecked({ module: chain.dir, packages: './...' }, states);
      assert.deepEqual(before.words, []);
      const faults = tried.flatMap(({ rewriter }, i) =>
        after[i]!.words.map(word => `${rewriter.name}: ${word}`),
      );
      assert.deepEqual(faults, []);
      assert.ok(tried.length > 40, `only ${tried.length} ways apply to the chain`);
    } finally {
      chain.remove();
    }
  });
});

/** All places of the chain's own code, those over others left out. */
function placesIn(repo: Repo, project: Project, rewriter: Rewriter): Rewriting[] {
  const paths = [...repo.texts.keys()].filter(path => path.endsWith('.go'));
  return apart(paths.flatMap(path => [...rewriter.places(project.file(path), project)]));
}

function stateOf(module: string, repo: Repo, places: readonly Rewriting[]): State {
  const after = rewritten(repo, places);
  const files = [...after.texts].filter(([path, text]) => repo.texts.get(path) !== text);
  const folder = tempDir(Object.fromEntries(files.map(([, text], i) => [String(i), text])));
  const replace = files.map(([path], i) => [join(module, path), join(folder, String(i))]);
  writeFiles(folder, { 'overlay.json': JSON.stringify({ Replace: Object.fromEntries(replace) }) });
  return {
    variant: '',
    plan: { creates: [], edits: [], notes: [] },
    overlay: join(folder, 'overlay.json'),
    changed: ['./...'],
    unformatted: [],
  };
}
