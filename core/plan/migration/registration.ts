import type { VersionStep } from '../../edit/version-step.ts';
import { render } from '../../render.ts';

/** What a registration is written with, each as Go. */
export interface RegistrationParts {
  readonly configurator: string;
  /** How the module calls itself. */
  readonly name: string;
  readonly handler: string;
  /** Whether an error ends the function around, or the program. */
  readonly fail: 'return ' | 'panic';
}

/** The statement that registers a migration and looks at the error. */
export function registrationStatement(parts: RegistrationParts, step: VersionStep): string {
  const text = render('migration/register.go', { ...parts, ...step });
  return text.replace(/return \(fmt\.Errorf\((.*)\)\)$/m, 'return fmt.Errorf($1)');
}
