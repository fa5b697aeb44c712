import { placeOf } from '../chain/place.ts';
import { child, childrenOf, descend, enclosing, unref } from '../go/syntax.ts';
import { textOf } from '../go/value.ts';
import { storesGiven } from '../wiring/loading.ts';
import type { Finding, Rule } from './rule.ts';

/** UpgradeStoreLoader dereferences its stores at the upgrade height and only there (incidents.md 55–58, sdk.md B.3). */
export const storeUpgradesNil: Rule = {
  name: 'store-upgrades-nil',
  severity: 'error',
  summary: 'a store loader gets nil, or a variable that may be nil',
  * check({ apps }): Iterable<Finding> {
    for (const { repo, wiring } of apps) {
      for (const { site } of wiring.loadings) {
        const stores = storesGiven(repo, site);
        if (!stores) continue;
        const { facts } = stores, node = unref(stores.node), text = textOf(stores);
        const place = placeOf(facts, stores.node);
        if (node.type === 'nil') {
          yield { place, message: 'the store loader gets nil; at the upgrade height the node panics: invalid memory address or nil pointer dereference' };
        } else if (node === stores.node && node.type === 'identifier' && mayBeNil(facts.text, site.fn, node.start, text, stores.node)) {
          yield { place, message: `${text} is nil for every plan that sets no stores here; at the upgrade height the node panics: invalid memory address or nil pointer dereference` };
        }
      }
    }
  },
};

/** Declared as a pointer without a value, set only inside branches, and used where nothing asks whether it is nil. */
function mayBeNil(text: string, fn: Parameters<typeof descend>[0], use: number, name: string, node: Parameters<typeof enclosing>[0]): boolean {
  let declared = false, always = false;
  const used = blockOf(node);
  for (const at of descend(fn)) {
    const written = (n: { start: number; end: number } | undefined) => (n ? text.slice(n.start, n.end) : '');
    if (at.type === 'var_spec' && childrenOf(at, 'name').some(n => written(n) === name)) declared = !child(at, 'value') && written(child(at, 'type')).startsWith('*');
    if (at.type === 'short_var_declaration' && written(child(at, 'left')) === name) declared = false;
    // Set on the way to its use, in the same branch.
    if (at.type === 'assignment_statement' && at.start < use && written(child(at, 'left')) === name) always ||= contains(blockOf(at), used);
    if (at.type === 'if_statement') {
      const asks = new RegExp(`\\b${name}\\s*(!=|==)\\s*nil\\b`).exec(written(child(at, 'condition')));
      if (asks && (asks[1] === '==' ? at.start < use : at.start < use && use < at.end)) return false;
    }
  }
  return declared && !always;
}

function blockOf(node: Parameters<typeof enclosing>[0]): { start: number; end: number } {
  return enclosing(node, 'block', 'expression_case', 'default_case') ?? node;
}

function contains(outer: { start: number; end: number }, inner: { start: number; end: number }): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
