import type { App } from '../chain/chain.ts';
import type { StateFacts } from './state-facts.ts';

/** What is rehearsed on a state: the version it should be of, and the plan. */
export interface Wanted {
  /** The old version, and how it is called. */
  readonly app: Pick<App, 'stores'>;
  readonly from: string;
  readonly plan: string;
}

/** Why a plan cannot be rehearsed on a state, in one line; undefined where it can. */
export function misfit({ app, from, plan }: Wanted, state: StateFacts): string | undefined {
  const done = state.done.find(({ name }) => name === plan);
  if (done)
    return `the state is from after plan ${plan}, applied at height ${done.height}: give an older one`;
  const mismatch = stateMismatch({ app, from, option: '--from' }, state);
  if (mismatch !== undefined) return mismatch;
  const { plan: pending, height } = state;
  if (!pending) return undefined;
  if (pending.name !== plan)
    return (
      `plan ${pending.name} is pending in the state for height ${pending.height}: ` +
      `rehearse that one with --plan ${pending.name}, or give an older state`
    );
  if (pending.height <= height)
    return (
      `the state is at height ${height}, and plan ${plan} was for height ${pending.height}: ` +
      'give an older one'
    );
  return undefined;
}

/** A version that a state should be of, and the option that names another. */
export interface StateVersion extends Pick<Wanted, 'app' | 'from'> {
  readonly option: '--from' | '--base';
}

/** Why a state is not one of a version, in one line; undefined where it may be. */
export function stateMismatch(
  { app, from, option }: StateVersion,
  state: Pick<StateFacts, 'stores'>,
): string | undefined {
  const missing = app.stores.flatMap(({ name, kind, assumed, conditional }) =>
    name === null || kind !== 'kv' || assumed || conditional || state.stores.includes(name)
      ? []
      : [name],
  );
  if (missing.length === 0) return undefined;
  return (
    `the state is of another chain or version: it has no store ${missing.slice(0, 3).join(', ')}, ` +
    `which ${from} mounts; name the version it is of with ${option} REF`
  );
}
