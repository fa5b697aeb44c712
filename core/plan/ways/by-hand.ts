import { callLike } from '../../edit/statement.ts';
import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { dedentRest, indentAt, indentRest } from '../../go/edit/edit.ts';
import type { Expr } from '../../go/eval/value.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  childByField,
  findAll,
  namedChildren,
  quote,
  withoutAddressOf,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { namesAt } from '../../wiring/names-at.ts';
import type { Registration, StyleCode } from '../../wiring/style.ts';
import { functionAround, literalType, nodeText } from '../go-tree.ts';
import { ownHandler } from '../handler/own-handler.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { snippet } from '../upgrade/snippet.ts';

/** Why a chain takes no upgrade from here, what to do instead, and Go that fits it. */
interface Explanation {
  readonly reason: string;
  readonly at: Expr | undefined;
  readonly paste: string;
}

/** Ways that are not written into, each with its own words. */
const explanations: readonly {
  readonly codes: readonly StyleCode[];
  explain(job: Job): Explanation;
}[] = [
  { codes: ['R10'], explain: computedName },
  { codes: ['R15'], explain: onlyWhenPlanned },
  { codes: ['R16'], explain: byAppVersion },
  { codes: ['R17'], explain: behindBuildTags },
];

/** Refuses ways that are not written into, each with its own words; others with their codes. */
export function refuseWay(job: Job, codes: readonly StyleCode[]): never {
  const explained = explanations.find(one => one.codes.some(code => codes.includes(code)));
  if (!explained) throw unsupported(job, codes);
  const { reason, at, paste } = explained.explain(job);
  const location = at && locationOf(at.facts, at.node);
  throw new Refusal(reason, {
    ...(location ? { file: location.file, line: location.line } : {}),
    snippet: paste,
  });
}

function unsupported(job: Job, codes: readonly StyleCode[]): Refusal {
  const registered = job.wiring.registrations.find(r => codes.includes(r.code))?.place;
  return new Refusal(
    'upgrades are registered here in a way that is not supported yet ' +
      `(${[...new Set(codes)].join(', ')}); add this one by hand`,
    { ...(registered ? { file: registered.facts.path } : {}), snippet: snippet(job) },
  );
}

/** R10: each binary knows one plan, that of its own version. */
function computedName(job: Job): Explanation {
  const registration = ofCode(job, 'R10');
  const { call } = registration.site;
  const name = nodeText(call.facts, callArguments(call.node)[0]);
  const why = registration.name.kind === 'unknown' ? registration.name.why : 'it is computed';
  const handler = handlerText(job, registration);
  return {
    reason:
      `this chain computes the name of its plan (${name}: ${why}), so a binary has one handler, ` +
      `for its own version: build the release whose version gives ${job.name}, ` +
      'and write its steps and stores into the handler that is there',
    at: call,
    paste:
      handler === undefined
        ? snippet(job)
        : joined(callLike(registration, name, handler), storesText(job, call, 'storeUpgrades := ')),
  };
}

/** R15: a handler is there only once the node has stopped for its plan. */
function onlyWhenPlanned(job: Job): Explanation {
  const registration = ofCode(job, 'R15');
  const { site, place } = registration;
  const isHelped = place.node !== site.call.node;
  const how = isHelped
    ? `${site.func.name} registers a handler only when upgrade-info.json names its plan`
    : 'a handler is registered here only when upgrade-info.json names its plan';
  return {
    reason:
      `${how}, so the SDK cannot tell that a binary was started too early ` +
      `("BINARY UPDATED BEFORE TRIGGER"); add ${job.name} below ` +
      `${nameOf(registration) || 'the last one'} by hand, ` +
      'or register handlers without that condition',
    at: place,
    paste: isHelped ? helperSnippet(job, registration) : registrationSnippet(job, registration),
  };
}

/** R16: modules come and go by the app's version. */
function byAppVersion(job: Job): Explanation {
  const entry = versionedEntry(job);
  const location = entry && locationOf(entry.facts, entry.node);
  return {
    reason:
      'this app has no plans: its modules and stores change with the app version ' +
      `(FromVersion, ToVersion${location ? ` in ${location.file}` : ''}); raise the app version, ` +
      'and give each module that comes or goes its versions there',
    at: entry,
    paste: entry ? entrySnippet(entry) : snippet(job),
  };
}

function entrySnippet({ facts, node }: Expr): string {
  const text = dedentRest(nodeText(facts, node), indentAt(facts.text, node.start));
  return (
    '// One entry for each module that comes or goes, with the new app version, ' +
    `such as the last one here:\n${text},\n`
  );
}

/** R17: build tags choose between whole register functions. */
function behindBuildTags(job: Job): Explanation {
  const registration = ofCode(job, 'R17');
  const { func, dir } = registration.site;
  const files = job.repo
    .functions(dir, func.name)
    .map(({ facts }) => `${facts.path} (${facts.buildTags ?? 'no build tag'})`);
  return {
    reason:
      `${func.name} is written once for each build tag: ${files.join(', ')}; ` +
      `add ${job.name} by hand to the one that the release is built from, or to all`,
    at: registration.place,
    paste: registrationSnippet(job, registration),
  };
}

/** A registration like the neighbour's, and a store loader. */
function registrationSnippet(job: Job, registration: Registration): string {
  const handler = handlerText(job, registration);
  if (handler === undefined) return snippet(job);
  return joined(callLike(registration, quote(job.name), handler), loader(job, registration));
}

function helperSnippet(job: Job, registration: Registration): string {
  const handler = handlerText(job, registration);
  return handler === undefined ? snippet(job) : helperCall(job, registration, handler);
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
  const func = functionAround(place);
  // Behind a helper it is written where the helper is called.
  const registration =
    func?.syntax && place.node !== site.call.node
      ? { ...found, site: { ...site, call: place, func, fn: func.syntax } }
      : found;
  const name = callArguments(site.call.node)
    .slice(0, 1)
    .map(node => nodeText(site.call.facts, node));
  try {
    return ownHandler(job, registration, [registration], name).text;
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
  const callee = nodeText(facts, childByField(node, 'function'));
  const texts = callArguments(node).map(given => helperArgument(job, place, given, handler));
  return `${callee}(\n${texts.map(text => `\t${indentRest(text, '\t')},\n`).join('')})\n`;
}

function helperArgument(job: Job, place: Expr, given: SyntaxNode, handler: string): string {
  const value = withoutParens(given);
  if (value.type === 'func_literal') return handler;
  if (/_string_literal$/.test(value.type)) return quote(job.name);
  const literal = withoutAddressOf(value);
  const isLiteral = literal.type === 'composite_literal';
  const type = isLiteral ? literalType(place.facts, literal) : '';
  if (!type.endsWith('StoreUpgrades')) return nodeText(place.facts, value);
  const pointer = value.type === 'unary_expression' ? '&' : '';
  return pointer + literalOf(job, place, type);
}

function literalOf(job: Job, near: Expr, type: string): string {
  const code = storeCode(job.repo, job.app, job.stores, near.facts, true);
  return storeUpgradesLiteral(type, code.text);
}

function storesText(job: Job, near: Expr, before: string): string | undefined {
  return changesStores(job) ? before + literalOf(job, near, 'storetypes.StoreUpgrades') : undefined;
}

/** A guarded store loader in the words of the function that registers. */
function loader(job: Job, { site }: Registration): string | undefined {
  if (!changesStores(job)) return undefined;
  const { call, func, dir } = site;
  const { keeper, base, info } = namesAt({ facts: call.facts, func, dir });
  const name = info?.name ?? 'upgradeInfo';
  const reading = render('wiring/read-info.go', {
    info: name,
    err: 'err',
    keeper,
    fmt: 'fmt',
  }).trimEnd();
  const setting = render('wiring/loader.go', {
    name: quote(job.name),
    stores: indentRest(literalOf(job, call, 'storetypes.StoreUpgrades'), '\t'),
    upgradetypes: 'upgradetypes',
    info: name,
    keeper,
    base,
    guard: true,
    comment: false,
  }).trimEnd();
  return info ? setting : `${reading}\n\n${setting}`;
}

function joined(...pieces: readonly (string | undefined)[]): string {
  const texts = pieces.filter(piece => piece !== undefined);
  return `${texts.join('\n\n')}\n`;
}

/**
 * The last entry of the app's own lists that says from which to which version a module is there.
 */
function versionedEntry({ repo, app }: Job): Expr | undefined {
  return repo
    .filesOf(app.dir, /\bFromVersion\b/)
    .flatMap(facts =>
      facts.funcs
        .flatMap(({ syntax }) => findAll(syntax, 'literal_value'))
        .map(node => ({ facts, node })),
    )
    .findLast(isVersioned);
}

function isVersioned({ facts, node }: Expr): boolean {
  const keys = namedChildren(node)
    .filter(element => element.type === 'keyed_element')
    .map(element => nodeText(facts, namedChildren(element)[0]));
  return keys.includes('FromVersion') && keys.includes('ToVersion');
}
