import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';
import type { App } from '../../core/chain/chain.ts';
import type { Ask, How, Said } from './ask.ts';
import type { Checkout } from './checkout.ts';
import { compiled } from './compiled.ts';
import { go, notFetched } from './go.ts';
import type { State } from './states.ts';
import { statesOf } from './states.ts';
import { typeChecked } from './type-checked.ts';

/** What became of one new upgrade; where the app does not build as it stands, none is tried. */
export interface Built extends Said {
  readonly variant: string;
  readonly outcome: 'builds' | 'refused' | 'faulty' | 'not tried';
}

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
  const module = moduleOf(checkout.dir, app.dir);
  const place = {
    module,
    packages: `./${posix.join(relative(module, join(checkout.dir, app.dir)), '...')}`,
  };
  const fetched = go(module, 5, 'list', '-deps', place.packages);
  const lacking = fetched.ok ? [] : notFetched(fetched.words);
  // Types can be checked as far as they are known; a build needs everything.
  if (!fetched.ok && (how === 'go build' || !go(module, 5, 'list', '-e', place.packages).ok))
    return { app, how, lacking, ...(lacking.length > 0 ? {} : { before: fetched }), built: [] };
  const folder = mkdtempSync(join(tmpdir(), 'chain-upgrade-states-'));
  try {
    const states = statesOf(checkout, app, module, folder);
    const tried = states.filter(({ plan }) => !plan.refused);
    const { before, after } = asks[how](place, tried);
    return {
      app,
      how,
      lacking,
      before,
      built: states.map(state => outcomeOf(state, after[tried.indexOf(state)])),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is reported of a new upgrade, by what Go says of it; nothing where Go was not asked. */
export function outcomeOf({ variant, plan, unformatted }: State, said: Said | undefined): Built {
  if (plan.refused)
    return { variant, outcome: 'refused', words: [plan.refused.reason], seconds: 0 };
  const words = [...(said?.words ?? []), ...unformatted];
  const fine = said ? 'builds' : 'not tried';
  return {
    variant,
    outcome: words.length > 0 ? 'faulty' : fine,
    words,
    seconds: said?.seconds ?? 0,
  };
}

/** The folder of the Go module that an app lies in. */
export function moduleOf(root: string, app: string): string {
  const dir = join(root, app);
  if (existsSync(join(dir, 'go.mod')) || relative(root, dir) === '') return dir;
  return moduleOf(root, dirname(app));
}
