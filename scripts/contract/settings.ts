import type { JSDoc, PropertySignature, Type } from 'ts-morph';
import type { CodeBase, Report } from './code-base.ts';
import { reportAt } from './code-base.ts';
import { deriveContribution } from './manifest.ts';
import { deriveTexts } from './manifest-texts.ts';

const file = 'extension/settings.ts';
/** Of the keys of all texts of settings. */
const prefix = 'setting.';

/**
 * The interface `Settings` with its comments is the one source of the settings that VS Code shows.
 */
export function ensureSettings(codeBase: CodeBase, report: Report): void {
  const path = `${codeBase.root}/${file}`;
  const settings = codeBase.project.getSourceFile(path)?.getInterface('Settings');
  if (!settings) {
    const missing =
      'has no interface Settings, from which the settings in package.json are derived';
    report(file, 1, missing);
    return;
  }
  const properties: Record<string, unknown> = {};
  const texts: Record<string, string> = {};
  for (const [order, property] of settings.getProperties().entries()) {
    const name = property.getName();
    const schema = schemaOf(property.getType());
    const doc = property.getJsDocs().at(-1);
    if (!schema) {
      const known = 'text, a number, yes or no, a choice of texts, a list or a table of these';
      reportAt(codeBase, property, report, `${name}: a setting may be ${known}`);
    } else if (!doc?.getDescription().trim()) {
      reportAt(codeBase, property, report, `${name} has no comment, which is what users read`);
    } else {
      const own = nameOf(property);
      const { shown, ...described } = describe(codeBase, property, doc, report);
      const keys = Object.keys(shown).map(kind => [kind, `%${keyOf(own, kind)}%`]);
      for (const [kind, text] of Object.entries(shown)) texts[keyOf(own, kind)] = text;
      properties[`chainUpgrade.${own}`] = {
        order,
        ...schema,
        ...Object.fromEntries(keys),
        ...described,
      };
    }
  }
  deriveContribution(codeBase, 'configuration', { title: 'Chain Upgrade', properties }, report);
  deriveTexts(codeBase, prefix, texts, report);
}

/** The key of what VS Code shows of a setting. */
function keyOf(setting: string, kind: string): string {
  return `${prefix}${setting}.${kind}`;
}

function nameOf(property: PropertySignature): string {
  return property.getName().replace(/^['"]|['"]$/g, '');
}

function describe(
  codeBase: CodeBase,
  property: PropertySignature,
  doc: JSDoc,
  report: Report,
): { readonly shown: Readonly<Record<string, string>> } & Record<string, unknown> {
  const tags = new Map(
    doc.getTags().map(tag => [tag.getTagName(), tag.getCommentText()?.trim() ?? '']),
  );
  const text = paragraphs(doc.getDescription());
  const fallback = tags.get('default');
  if (fallback === undefined)
    reportAt(codeBase, property, report, `${property.getName()} has no @default`);
  const deprecated = tags.get('deprecated');
  return {
    shown: {
      markdownDescription: text,
      ...(deprecated === undefined ? {} : { markdownDeprecationMessage: deprecated }),
    },
    scope: tags.get('scope') ?? 'resource',
    ...(fallback === undefined ? {} : { default: JSON.parse(fallback) as unknown }),
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
