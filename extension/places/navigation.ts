import type { Position, TextDocument } from 'vscode';
import { Disposable, Location, languages } from 'vscode';
import type { Location as Place } from '../../core/go/source/location.ts';
import { plansAt, planTargets } from '../../core/workspace/plan-places.ts';
import { textRange } from '../../core/workspace/text-range.ts';
import { editorRange } from '../lint/diagnostics.ts';
import type { Linter } from '../lint/lint.ts';
import type { Linted } from '../lint/linted.ts';

/**
 * Leads from the name of a plan to its handler, registration, stores and loader. Of all else a Go
 * extension knows where it leads.
 */
export function registerPlanNavigation(linter: Linter): Disposable {
  const go = { language: 'go', scheme: '*' };
  const at = (document: TextDocument) => {
    linter.settle();
    return linter.of(document.uri);
  };
  return Disposable.from(
    languages.registerDefinitionProvider(go, {
      provideDefinition(document: TextDocument, position: Position) {
        const found = at(document);
        if (!found) return [];
        const targets = planTargets(found.linted, found.path, position);
        return targets.map(place => locationIn(found.linted, place));
      },
    }),
    languages.registerReferenceProvider(go, {
      provideReferences(document, position, { includeDeclaration }) {
        const found = at(document);
        if (!found) return [];
        return plansAt(found.linted, found.path, position)
          .flatMap(plan => plan.places)
          .filter(({ what }) => includeDeclaration || what !== 'name')
          .map(({ location }) => locationIn(found.linted, location));
      },
    }),
  );
}

/** A place as the editor shows it: the first line of what is long. */
function locationIn(linted: Linted, place: Place): Location {
  const range = editorRange(textRange(linted.repo, place));
  const shown = range.isSingleLine ? range : range.with(undefined, range.start);
  return new Location(linted.uriOf(place.file), shown);
}
