import type { Choice, Question } from '../question.ts';
import { checkNewName } from '../upgrade/plan-name.ts';
import type { UpgradeContext } from '../upgrade/upgrade-questions.ts';
import { mountableBy } from './sdk-module.ts';

/** The modules of the repository and of the SDK that the app does not mount. */
function unmounted({ chain, app }: UpgradeContext): Choice[] {
  const mounted = new Set(app.mounted.map(({ name }) => name));
  const own = chain.modules
    .filter(({ name }) => !mounted.has(name))
    .map(({ name, dir }) => ({ value: dir, label: name, detail: dir }));
  const others = mountableBy(app).map(({ name, module }) => ({
    value: module.path,
    label: name,
    detail: module.path,
  }));
  return [...own, ...others];
}

/** The questions of mounting a module, in the order they are asked. */
export const mountQuestions: readonly Question<UpgradeContext>[] = [
  {
    id: 'module',
    kind: 'choice',
    title: 'Module',
    value: 'MODULE',
    prompt: 'Which module? Those that the app does not mount yet:',
    help: "the module: its folder in this repository, or the import path of one of the SDK's",
    choices: unmounted,
  },
  {
    id: 'keeper-arg',
    kind: 'text',
    title: 'Arguments',
    value: 'N=EXPR',
    repeatable: true,
    prompt: "What the keeper's constructor is given, as N=EXPR",
    help:
      "the Go expression for the keeper's N-th argument, or the argument of that name, " +
      'where it is not told by its type',
    when: () => false,
  },
  {
    id: 'order',
    kind: 'text',
    title: 'Orders',
    value: 'KIND=first|last|after:NAME,…',
    repeatable: true,
    prompt: 'Places in orders, as KIND=first, KIND=last or KIND=after:NAME',
    help:
      'where the module goes in an order such as BeginBlockers ' +
      "(default: behind the last of the repository's own modules)",
    when: () => false,
  },
  {
    id: 'permissions',
    kind: 'text',
    title: 'Permissions',
    value: 'NAME,…',
    prompt: "The permissions of the module's account, such as minter,burner",
    help:
      "the permissions of the module's account: minter, burner, staking, or none for an account " +
      'without any (default: what its keeper uses)',
    when: () => false,
  },
  {
    id: 'remove',
    kind: 'confirm',
    title: 'Remove',
    prompt: 'Take the module out instead?',
    help:
      'take the module out instead: its keeper, key, orders and permissions; refused while other ' +
      'code uses its keeper',
    when: () => false,
  },
  {
    id: 'upgrade',
    kind: 'text',
    title: 'Upgrade',
    value: 'NAME',
    prompt: 'Name of a new upgrade that adds its store (empty for none)',
    help: 'also write this upgrade, which adds the store (with --remove: deletes it)',
    default: () => '',
    validate: value => (value === '' ? undefined : checkNewName(String(value))),
  },
];
