import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';
import type { App } from '../../core/chain/chain.ts';
import type { Ask, How, Said } from './ask.ts';
import type { Checkout } from './checkout.ts';
import { compiled } from './compiled.ts';
import { go, notFetched } from './go.ts';
import { statesOf } from './states.ts';
import { typeChecked } from './type-checked.ts';

/** What became of one new upgrade. */
export interface Built extends Said { readonly variant: string; readonly outcome: 'builds' | 'refused' | 'faulty' }

/** What became of one app. */
export interface AppBuilds {
  readonly app: App;
  readonly how: How;
  /** The modules that could not be fetched. */
  readonly lacking: readonly string[];
  /** Nothing where too much was missing to ask. */
  readonly before?: Said;
  readonly built: readonly Built[];
}

const asks: Readonly<Record<How, Ask>> = { 'go build': compiled, 'go/types': typeChecked };

/** Builds an app as it stands, and with each new upgrade. */
export function buildApp(checkout: Checkout, app: App, how: How): AppBuilds {
  const module = moduleOf(checkout.dir, app.dir), place = { module, packages: `./${posix.join(relative(module, join(checkout.dir, app.dir)), '...')}` };
  const fetched = go(module, 5, 'list', '-deps', place.packages), lacking = fetched.ok ? [] : notFetched(fetched.words);
  // Types can be checked as far as they are known; a build needs everything.
  if (!fetched.ok && (how === 'go build' || !go(module, 5, 'list', '-e', place.packages).ok)) return { app, how, lacking, ...(lacking.length > 0 ? {} : { before: fetched }), built: [] };
  const folder = mkdtempSync(join(tmpdir(), 'chain-upgrade-states-'));
  try {
    const states = statesOf(checkout, app, module, folder), tried = states.filter(({ plan }) => !plan.refused);
    const { before, after } = asks[how](place, tried);
    const built = states.map((state): Built => {
      const { variant, plan, unformatted } = state;
      if (plan.refused) return { variant, outcome: 'refused', words: [plan.refused.reason], seconds: 0 };
      const said = after[tried.indexOf(state)], words = [...said?.words ?? ['not tried'], ...unformatted];
      return { variant, outcome: words.length > 0 ? 'faulty' : 'builds', words, seconds: said?.seconds ?? 0 };
    });
    return { app, how, lacking, before, built };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder of the Go module that an app lies in. */
function moduleOf(root: string, app: string): string {
  const dir = join(root, app);
  if (existsSync(join(dir, 'go.mod')) || relative(root, dir) === '') return dir;
  return moduleOf(root, dirname(app));
}
