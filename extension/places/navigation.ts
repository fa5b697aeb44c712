import type { TextDocument } from 'vscode';
import { Disposable, Location, languages, type Position } from 'vscode';
import type { Location as Place } from '../../core/go/source/location.ts';
import { plansAt, planTargets } from '../../core/workspace/plan-places.ts';
import { textRange } from '../../core/workspace/text-range.ts';
import { editorRange } from './diagnostics.ts';
import type { Linter } from './lint.ts';
import type { Linted } from './linted.ts';

/**
 * Leads between the name of a plan, its registration, handler, stores and loader, beside what a Go
 * extension knows of identifiers.
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
      provideReferences(document: TextDocument, position: Position) {
        const found = at(document);
        if (!found) return [];
        const places = plansAt(found.linted, found.path, position).flatMap(plan => plan.places);
        return places.map(({ location }) => locationIn(found.linted, location));
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
