import Handlebars from 'handlebars';
import { templates } from './templates.generated.ts';

const engine = Handlebars.create();
const compiled = new Map<string, HandlebarsTemplateDelegate>();

/**
 * Renders an embedded template, such as `upgrade/test.go`. A name the template uses and the data
 * lacks is an error, never a gap.
 */
export function render(template: string, data: object): string {
  let use = compiled.get(template);
  if (!use) {
    const source = templates[template];
    if (source === undefined) throw new Error(`there is no template ${template}`);
    use = engine.compile(source, { noEscape: true, strict: true });
    compiled.set(template, use);
  }
  return use(data);
}
