import { callLike } from '../../edit/statement.ts';
import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { dedentRest, indentAt, indentRest } from '../../go/edit/edit.ts';
import type { Expr } from '../../go/eval/value.ts';
import { textOf } from '../../go/eval/value.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  childByField,
  descend,
  namedChildren,
  quote,
  withoutAddressOf,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { namesAt } from '../../wiring/names-at.ts';
import type { Registration, StyleCode } from '../../wiring/style.ts';
import { ownHandler } from '../handler/own-handler.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { snippet } from '../upgrade/snippet.ts';

/**
 * Why a chain that registers in such a way takes no upgrade from here, what to do instead, and Go
 * that fits it.
 */
interface Explanation {
  readonly codes: readonly StyleCode[];
  explain(job: Job): {
    readonly reason: string;
    readonly at: Expr | undefined;
    readonly paste: string;
  };
}

const explanations: readonly Explanation[] = [
  { codes: ['R10'], explain: computedName },
  { codes: ['R15'], explain: onlyWhenPlanned },
  { codes: ['R16'], explain: byAppVersion },
  { codes: ['R17'], explain: behindBuildTags },
];

/** Refuses ways that are not written into, each with its own words; others with their codes. */
export function refuseWay(job: Job, codes: readonly StyleCode[]): never {
  const explained = explanations.find(one => one.codes.some(code => codes.includes(code)));
  const registered = job.wiring.registrations.find(r => codes.includes(r.code))?.place;
  if (!explained)
    throw new Refusal(
      `upgrades are registered here in a way that is not supported yet (${[...new Set(codes)].join(', ')}); add this one by hand`,
      { ...(registered ? { file: registered.facts.path } : {}), snippet: snippet(job) },
    );
  const { reason, at, paste } = explained.explain(job);
  const place = at && locationOf(at.facts, at.node);
  throw new Refusal(reason, {
    ...(place ? { file: place.file, line: place.line } : {}),
    snippet: paste,
  });
}

/** R10: each binary knows one plan, that of its own version. */
function computedName(job: Job): ReturnType<Explanation['explain']> {
  const registration = ofCode(job, 'R10');
  const { call } = registration.site;
  const [written] = callArguments(call.node);
  const name = textOf({ facts: call.facts, node: written! });
  const why = registration.name.kind === 'unknown' ? registration.name.why : 'it is computed';
  const made = handlerText(job, registration);
  return {
    reason: `this chain computes the name of its plan (${name}: ${why}), so a binary has one handler, for its own version: build the release whose version gives ${job.name}, and write its steps and stores into the handler that is there`,
    at: call,
    paste:
      made === undefined
        ? snippet(job)
        : joined(callLike(registration, name, made), storesText(job, call, 'storeUpgrades := ')),
  };
}

/** R15: a handler is there only once the node has stopped for its plan. */
function onlyWhenPlanned(job: Job): ReturnType<Explanation['explain']> {
  const registration = ofCode(job, 'R15');
  const { site, place } = registration;
  const through = place.node !== site.call.node;
  const made = handlerText(job, registration);
  const how = through
    ? `${site.func.name} registers a handler only when upgrade-info.json names its plan`
    : 'a handler is registered here only when upgrade-info.json names its plan';
  return {
    reason: `${how}, so the SDK cannot tell that a binary was started too early ("BINARY UPDATED BEFORE TRIGGER"); add ${job.name} below ${nameOf(registration) || 'the last one'} by hand, or register handlers without that condition`,
    at: place,
    paste:
      made === undefined
        ? snippet(job)
        : through
          ? helperCall(job, registration, made)
          : joined(callLike(registration, quote(job.name), made), loader(job, registration)),
  };
}

/** R16: modules come and go by the app's version. */
function byAppVersion(job: Job): ReturnType<Explanation['explain']> {
  const entry = versionedEntry(job);
  const place = entry && locationOf(entry.facts, entry.node);
  const text = entry && dedentRest(textOf(entry), indentAt(entry.facts.text, entry.node.start));
  return {
    reason: `this app has no plans: its modules and stores change with the app version (FromVersion, ToVersion${place ? ` in ${place.file}` : ''}); raise the app version, and give each module that comes or goes its versions there`,
    at: entry,
    paste:
      text === undefined
        ? snippet(job)
        : `// One entry for each module that comes or goes, with the new app version, such as the last one here:\n${text},\n`,
  };
}

/** R17: build tags choose between whole register functions. */
function behindBuildTags(job: Job): ReturnType<Explanation['explain']> {
  const registration = ofCode(job, 'R17');
  const { site } = registration;
  const made = handlerText(job, registration);
  const files = job.repo
    .functions(site.dir, site.func.name)
    .map(({ facts }) => `${facts.path} (${facts.buildTags ?? 'no build tag'})`);
  return {
    reason: `${site.func.name} is written once for each build tag: ${files.join(', ')}; add ${job.name} by hand to the one that the release is built from, or to all`,
    at: registration.place,
    paste:
      made === undefined
        ? snippet(job)
        : joined(callLike(registration, quote(job.name), made), loader(job, registration)),
  };
}

function ofCode(job: Job, code: StyleCode): Registration {
  const own = job.wiring.registrations.filter(r => r.code === code);
  return newestFirst(own, job.name)[0] ?? own[0]!;
}

/**
 * A handler with this chain's signature that runs migrations as it does; undefined where that is
 * not known.
 */
function handlerText(job: Job, found: Registration): string | undefined {
  const { place, site } = found;
  const func = place.facts.funcs.find(f => f.start <= place.node.start && place.node.end <= f.end);
  // Behind a helper it stands where the helper is called.
  const registration =
    func?.syntax && place.node !== site.call.node
      ? { ...found, site: { ...site, call: place, func, fn: func.syntax } }
      : found;
  try {
    return ownHandler(
      job,
      registration,
      [registration],
      callArguments(site.call.node)
        .slice(0, 1)
        .map(n => textOf({ facts: site.call.facts, node: n })),
    ).text;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/**
 * The helper's call with the new name, stores and handler in the places where the neighbour's call
 * has its own.
 */
function helperCall(job: Job, { place }: Registration, handler: string): string {
  const { facts, node } = place;
  const callee = textOf({ facts, node: childByField(node, 'function')! });
  const texts = callArguments(node).map(given => {
    const value = withoutParens(given);
    const written = textOf({ facts, node: value });
    if (value.type === 'func_literal') return handler;
    if (/_string_literal$/.test(value.type)) return quote(job.name);
    const literal = withoutAddressOf(value);
    const type =
      literal.type === 'composite_literal'
        ? textOf({ facts, node: childByField(literal, 'type')! })
        : '';
    return /StoreUpgrades$/.test(type)
      ? (value.type === 'unary_expression' ? '&' : '') + literalOf(job, place, type)
      : written;
  });
  return `${callee}(\n${texts.map(text => `\t${indentRest(text, '\t')},\n`).join('')})\n`;
}

function literalOf(job: Job, near: Expr, type: string): string {
  return storeUpgradesLiteral(
    type,
    storeCode(job.repo, job.app, job.stores, near.facts, true).text,
  );
}

function storesText(job: Job, near: Expr, before: string): string | undefined {
  return changesStores(job) ? before + literalOf(job, near, 'storetypes.StoreUpgrades') : undefined;
}

/** A guarded store loader in the words of the function that registers. */
function loader(job: Job, { site }: Registration): string | undefined {
  if (!changesStores(job)) return undefined;
  const { keeper, base, info } = namesAt({
    facts: site.call.facts,
    func: site.func,
    dir: site.dir,
  });
  const name = info?.name ?? 'upgradeInfo';
  const read = info
    ? ''
    : `${render('wiring/read-info.go', { info: name, keeper, fmt: 'fmt' }).trimEnd()}\n\n`;
  const stores = indentRest(literalOf(job, site.call, 'storetypes.StoreUpgrades'), '\t');
  return (
    read +
    render('wiring/loader.go', {
      name: quote(job.name),
      stores,
      upgradetypes: 'upgradetypes',
      info: name,
      keeper,
      base,
      guard: true,
      comment: false,
    }).trimEnd()
  );
}

function joined(...pieces: readonly (string | undefined)[]): string {
  return `${pieces.filter(p => p !== undefined).join('\n\n')}\n`;
}

/**
 * The last entry of the app's own lists that says from which to which version a module is there.
 */
function versionedEntry({ repo, app }: Job): Expr | undefined {
  const found: Expr[] = [];
  for (const facts of repo.filesOf(app.dir, /\bFromVersion\b/)) {
    for (const { syntax } of facts.funcs)
      for (const node of syntax ? descend(syntax) : [])
        if (isVersioned(node, facts.text)) found.push({ facts, node });
  }
  return found.at(-1);
}

function isVersioned(node: SyntaxNode, text: string): boolean {
  const fields =
    node.type === 'literal_value'
      ? namedChildren(node).flatMap(n =>
          n.type === 'keyed_element'
            ? [text.slice(namedChildren(n)[0]!.start, namedChildren(n)[0]!.end)]
            : [],
        )
      : [];
  return fields.includes('FromVersion') && fields.includes('ToVersion');
}
