import type { QuickInput, QuickPick, QuickPickItem } from 'vscode';
import {
  InputBoxValidationSeverity,
  l10n,
  QuickInputButtons,
  QuickPickItemKind,
  window,
} from 'vscode';
import type { Choice, Verdict } from '../../core/plan/question.ts';

/**
 * What stands around a step: its title, its number where that is known, and whether there is a way
 * back.
 */
export interface Frame {
  readonly title: string;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly back: boolean;
}

/**
 * How a step was left. Going back takes along what stood there; Escape and the close button end the
 * wizard.
 */
export type Left<T> =
  | { readonly by: 'accept' | 'back'; readonly value: T }
  | { readonly by: 'escape' };

/** A line to type. */
export function askText(
  frame: Frame,
  step: { prompt: string; value: string; validate(value: string): Verdict | undefined },
): Promise<Left<string>> {
  const box = window.createInputBox();
  box.prompt = step.prompt;
  box.value = step.value;
  // The whole value is marked, so that typing replaces it.
  const judge = () => {
    const verdict = step.validate(box.value);
    box.validationMessage = verdict && {
      message: verdict.message,
      severity:
        verdict.severity === 'error'
          ? InputBoxValidationSeverity.Error
          : InputBoxValidationSeverity.Warning,
    };
    return verdict?.severity !== 'error';
  };
  box.onDidChangeValue(judge);
  if (box.value) judge();
  return shown(box, frame, { value: () => box.value, accept: judge });
}

interface ChoiceItem extends QuickPickItem {
  readonly value?: string;
}

/** One or several of some choices. */
export async function askChoice(
  frame: Frame,
  step: {
    prompt: string;
    choices: readonly Choice[];
    many: boolean;
    selected: readonly string[];
    validate(value: readonly string[]): Verdict | undefined;
  },
): Promise<Left<readonly string[]>> {
  const pick = window.createQuickPick<ChoiceItem>();
  const items = grouped(step.choices);
  const selected = () =>
    (step.many ? pick.selectedItems : pick.activeItems).flatMap(item => item.value ?? []);
  pick.canSelectMany = step.many;
  pick.placeholder = step.prompt;
  pick.matchOnDetail = true;
  fill(pick, items, step);
  let warned = '';
  const accept = () => {
    const verdict = step.validate(selected());
    if (!verdict || (verdict.severity === 'warning' && warned === verdict.message)) return true;
    // A pick has no place for validation, so the words head the list. A warning is passed by
    // accepting again.
    warned = verdict.message;
    const heading =
      verdict.severity === 'error'
        ? verdict.message
        : l10n.t('{0} (accept again to go on)', verdict.message);
    fill(pick, [{ label: heading, kind: QuickPickItemKind.Separator }, ...items], {
      ...step,
      selected: selected(),
    });
    return false;
  };
  return shown(pick, frame, { value: selected, accept });
}

/** The choices as rows, with a heading above each group. */
function grouped(choices: readonly Choice[]): ChoiceItem[] {
  return choices.flatMap(({ value, label, detail, group }, i): ChoiceItem[] => {
    const row = detail === undefined ? { value, label } : { value, label, detail };
    const begins = group !== undefined && group !== choices[i - 1]?.group;
    return begins ? [{ label: group, kind: QuickPickItemKind.Separator }, row] : [row];
  });
}

function fill(
  pick: QuickPick<ChoiceItem>,
  items: readonly ChoiceItem[],
  { many, selected }: { many: boolean; selected: readonly string[] },
): void {
  pick.items = items;
  const chosen = items.filter(item => item.value !== undefined && selected.includes(item.value));
  if (many) pick.selectedItems = chosen;
  else if (chosen.length > 0) pick.activeItems = chosen;
}

/**
 * Shows an input until it is accepted, left by Back, or closed. It stays when another window takes
 * the focus: values are looked up elsewhere.
 */
export function shown<T>(
  input: QuickInput & Accepting,
  frame: Frame,
  { value, accept }: { value(): T; accept(): boolean },
): Promise<Left<T>> {
  input.title = frame.title;
  input.step = frame.step;
  input.totalSteps = frame.totalSteps;
  input.ignoreFocusOut = true;
  if (frame.back) input.buttons = [QuickInputButtons.Back];
  return new Promise<Left<T>>(resolve => {
    input.onDidAccept(() => {
      if (accept()) resolve({ by: 'accept', value: value() });
    });
    input.onDidTriggerButton(button => {
      if (button === QuickInputButtons.Back) resolve({ by: 'back', value: value() });
    });
    input.onDidHide(() => resolve({ by: 'escape' }));
    input.show();
  }).finally(() => input.dispose());
}

type Accepting = Pick<QuickPick<QuickPickItem>, 'onDidAccept' | 'onDidTriggerButton' | 'buttons'>;
