import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { App } from '../../core/chain/chain.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { gofmtFaults } from '../corpus/gofmt.ts';
import { variantsFor } from '../corpus/variants.ts';
import type { Checkout } from './checkout.ts';
import { newUpgrade } from './new-upgrade.ts';

/** A new upgrade on top of a checkout: what was written, for Go to lay over it. */
export interface State {
  readonly variant: string;
  readonly plan: Plan;
  /** A file for the `-overlay` of the Go toolchain; empty where the plan was refused. */
  readonly overlay: string;
  /** The packages that were written into, relative to the app's module. */
  readonly changed: readonly string[];
  /** What gofmt has against it. */
  readonly unformatted: readonly string[];
}

/**
 * Has each new upgrade written into the checkout, and taken back; the overlays go into `folder`.
 */
export function statesOf(checkout: Checkout, app: App, module: string, folder: string): State[] {
  return variantsFor(app).map((variant, i) => {
    try {
      const plan = newUpgrade(checkout.dir, app, variant);
      const written = [
        ...plan.creates.map(({ file, text }) => ({ file, after: text })),
        ...plan.edits,
      ];
      const ours = written.filter(({ file }) => file.endsWith('.go'));
      const changed = [
        ...new Set(
          ours.map(({ file }) => `./${relative(module, join(checkout.dir, dirname(file)))}`),
        ),
      ];
      const overlay = plan.refused ? '' : overlayOf(checkout.dir, written, join(folder, String(i)));
      return { variant: variant.title, plan, overlay, changed, unformatted: gofmtFaults(ours) };
    } finally {
      checkout.restore();
    }
  });
}

/** A file for the `-overlay` of the Go toolchain, in a folder that holds the texts. */
export function overlayOf(
  root: string,
  written: readonly { readonly file: string; readonly after: string }[],
  folder: string,
): string {
  mkdirSync(folder, { recursive: true });
  const replace = written.map(({ file, after }, i) => {
    const path = join(folder, `${i}.text`);
    writeFileSync(path, after);
    return [join(root, file), path] as const;
  });
  const overlay = join(folder, 'overlay.json');
  writeFileSync(overlay, JSON.stringify({ Replace: Object.fromEntries(replace) }));
  return overlay;
}
