import type { Answers, Choice, Question } from '../question.ts';
import { answerItems } from '../question.ts';
import type { UpgradeContext } from '../upgrade/upgrade-questions.ts';
import { bodies, bodyAsked, noBody, optionAsked } from './asked-body.ts';
import { ambiguity, modulesNamed } from './find-module.ts';
import { keeperOfModule, storesOf } from './keeper.ts';
import { oldCodec } from './old-codec.ts';
import { askedType } from './old-message/asked-type.ts';
import { prefixMove } from './prefix.ts';

const error = (message: string) => ({ severity: 'error', message }) as const;

/** Whether what the migration does begins with a store: parameters are where the keeper keeps them. */
function takesStore(answers: Answers): boolean {
  const asked = bodyAsked(answers);
  return 'body' in asked && !asked.body.endsWith('-params');
}

/** The stores of the module's keeper, before its first migration; later ones are handed the same. */
function storeChoices({ repo, chain, answers }: UpgradeContext): readonly Choice[] {
  const [module, ...others] = modulesNamed(chain, String(answers['module'] ?? ''));
  if (!module || others.length > 0 || module.migrations.length > 0) return [];
  const keeper = keeperOfModule(repo, module.dir);
  const stores = keeper ? storesOf(repo, keeper) : [];
  return stores.map(({ name, type }) => ({ value: name, label: name, detail: type }));
}

/** The questions of a migration, in the order they are asked. */
export const migrationQuestions: readonly Question<UpgradeContext>[] = [
  {
    id: 'module',
    kind: 'choice',
    title: 'Module',
    value: 'MODULE',
    prompt: 'Which module changes its state?',
    help: 'the module whose state changes: its name or folder',
    choices: ({ chain }) =>
      chain.modules
        .filter(m => m.consensusVersion !== null)
        .map(m => ({
          value: m.dir,
          label: m.name,
          detail: `${m.dir}, version ${m.consensusVersion!}`,
        })),
    validate: (value, { chain }) => {
      const message = ambiguity(chain, String(value));
      return message === undefined ? undefined : { severity: 'error', message };
    },
  },
  {
    id: 'body',
    kind: 'choice',
    title: 'Body',
    value: 'KIND',
    prompt: 'What does the migration do?',
    help: `what the migration does: ${bodies.map(b => b.value).join(', ')}; implied by the option of the same name`,
    choices: () => bodies,
    when: ({ answers }) => answers['body'] !== undefined || !optionAsked(answers),
    default: () => 'own',
    validate: value =>
      bodies.some(b => b.value === value) ? undefined : error(noBody(String(value))),
  },
  {
    id: 'prefix',
    kind: 'text',
    title: 'Key prefix',
    value: 'OLD=NEW',
    prompt: 'The old and the new prefix, as OLD=NEW, such as 0x01=0x11',
    help: 'write a migration that moves all entries from one key prefix to another, such as 0x01=0x11',
    when: ({ answers }) => answers['body'] === 'prefix',
    validate: value => {
      const read = prefixMove(String(value));
      return 'error' in read ? error(read.error) : undefined;
    },
  },
  {
    id: 'new-params',
    kind: 'text',
    title: 'New parameters',
    value: 'FIELD,…',
    prompt: 'The fields of the parameters that are new, such as MaxEntries',
    help:
      "write a migration that sets these new fields of the module's parameters to their values " +
      'from DefaultParams and keeps all others',
    when: ({ answers }) => answers['body'] === 'new-params',
    validate: value =>
      answerItems(value)!.length > 0
        ? undefined
        : error('name a field of the parameters, such as MaxEntries'),
  },
  {
    id: 'legacy-params',
    kind: 'confirm',
    title: 'Legacy parameters',
    prompt: 'Move the parameters from x/params into where the module keeps them now?',
    help:
      "write a migration that moves the module's parameters from x/params to where the module " +
      'keeps them now',
    // As a step of its own it would ask again what the body was chosen to be.
    when: () => false,
  },
  {
    id: 'old-codec',
    kind: 'text',
    title: 'Old codec',
    value: 'FIELD=CODEC',
    prompt: 'The collection and the codec its values had, such as Balances=sdk.IntValue',
    help:
      'write a migration that reads the values of this collection of the keeper with their old ' +
      'codec, such as Balances=sdk.IntValue, and writes them with the current one',
    when: ({ answers }) => answers['body'] === 'old-codec',
    validate: value => {
      const read = oldCodec(String(value));
      return 'error' in read ? error(read.error) : undefined;
    },
  },
  {
    id: 'old-type',
    kind: 'text',
    title: 'Old type',
    value: 'TYPE=PREFIX',
    prompt:
      'The message that changed and the prefix of its keys, such as HostZone=types.HostZoneKey; the message alone where a collection holds it',
    help:
      'write a migration that reads the values under this key prefix as the proto message of the ' +
      'last release, which is kept in `types` beside it, and writes them as the current message, ' +
      'such as HostZone=types.HostZoneKey; the prefix is required unless a collection of the ' +
      'keeper holds the message',
    when: ({ answers }) => answers['body'] === 'old-type',
    validate: value => {
      const read = askedType(String(value));
      return 'error' in read ? error(read.error) : undefined;
    },
  },
  {
    id: 'store',
    kind: 'choice',
    title: 'Store',
    value: 'FIELD',
    prompt: 'The keeper has several stores. Which one changes?',
    help: "the keeper's field with the store that the migration is handed, where it has several (default: the first)",
    when: context => takesStore(context.answers) && storeChoices(context).length > 1,
    choices: storeChoices,
  },
  {
    id: 'test',
    kind: 'confirm',
    title: 'Test',
    prompt: 'Write a test of the migration too?',
    help: 'also write a test of the migration (default; --no-test leaves it out)',
    default: () => true,
  },
];
