import type { JSDoc, PropertySignature, Type } from 'ts-morph';
import type { House, Problem } from './house.ts';
import { at } from './house.ts';
import { deriveContribution } from './manifest.ts';

const file = 'extension/settings.ts';

/**
 * The interface `Settings` with its comments is the one source of the settings that VS Code shows.
 */
export function ensureSettings(house: House, problem: Problem): void {
  const settings = house.project.getSourceFile(`${house.root}/${file}`)?.getInterface('Settings');
  if (!settings)
    return problem(
      file,
      1,
      'has no interface Settings, from which the settings in package.json are derived',
    );
  const properties: Record<string, unknown> = {};
  for (const [order, property] of settings.getProperties().entries()) {
    const schema = schemaOf(property.getType());
    const doc = property.getJsDocs().at(-1);
    if (!schema)
      at(
        house,
        property,
        problem,
        `${property.getName()}: a setting may be text, a number, yes or no, a choice of texts, a list or a table of these`,
      );
    else if (!doc?.getDescription().trim())
      at(
        house,
        property,
        problem,
        `${property.getName()} has no comment, which is what users read`,
      );
    else
      properties[`chainUpgrade.${nameOf(property)}`] = {
        order,
        ...schema,
        ...describe(house, property, doc, problem),
      };
  }
  deriveContribution(house, 'configuration', { title: 'Chain Upgrade', properties }, problem);
}

function nameOf(property: PropertySignature): string {
  return property.getName().replace(/^['"]|['"]$/g, '');
}

function describe(
  house: House,
  property: PropertySignature,
  doc: JSDoc,
  problem: Problem,
): Record<string, unknown> {
  const tags = new Map(
    doc.getTags().map(tag => [tag.getTagName(), tag.getCommentText()?.trim() ?? '']),
  );
  const text = paragraphs(doc.getDescription());
  const fallback = tags.get('default');
  if (fallback === undefined) at(house, property, problem, `${property.getName()} has no @default`);
  return {
    markdownDescription: text,
    scope: tags.get('scope') ?? 'resource',
    ...(fallback === undefined ? {} : { default: JSON.parse(fallback) as unknown }),
    ...(tags.has('deprecated') ? { markdownDeprecationMessage: tags.get('deprecated') } : {}),
  };
}

/** Line breaks of the source are no line breaks for the reader; empty lines are. */
function paragraphs(text: string): string {
  return text
    .trim()
    .split(/\r?\n\s*\r?\n/)
    .map(part => part.replace(/\s*\r?\n\s*/g, ' ').trim())
    .join('\n\n');
}

function schemaOf(type: Type): Record<string, unknown> | undefined {
  if (type.isBoolean()) return { type: 'boolean' };
  if (type.isString()) return { type: 'string' };
  if (type.isNumber()) return { type: 'number' };
  if (type.isUnion() && type.getUnionTypes().every(part => part.isStringLiteral())) {
    return { type: 'string', enum: type.getUnionTypes().map(part => part.getLiteralValue()) };
  }
  const element = type.isArray() || type.isReadonlyArray() ? type.getArrayElementType() : undefined;
  if (element) return nested('array', 'items', element);
  const value = type.getStringIndexType();
  return value && nested('object', 'additionalProperties', value);
}

function nested(type: string, key: string, inner: Type): Record<string, unknown> | undefined {
  const schema = schemaOf(inner);
  return schema && { type, [key]: schema };
}
