import { dirname } from '../../core/files.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { brokenAt } from '../../core/go/source/broken.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import type { SyntaxNode } from '../../core/go/syntax/syntax.ts';
import {
  childByField,
  findAll,
  namedChildren,
  stringLiteral,
} from '../../core/go/syntax/syntax.ts';
import type { GoFile } from './go-file.ts';
import { goFile, nameOf, textOf } from './go-file.ts';
import { packageNames } from './names.ts';

/** An import of a file, and the name by which the file refers to it. */
export interface FileImport {
  readonly name: string;
  readonly path: string;
  readonly spec: SyntaxNode;
}

/** What a rewriter may ask of the files around the one that it looks at: syntax and no more. */
export class Project {
  private readonly repo: Repo;
  private readonly parser: GoParser;
  private readonly files = new Map<string, GoFile>();
  private readonly words = new Map<string, readonly GoFile[]>();
  private readonly names = new Map<string, ReadonlySet<string>>();

  constructor(repo: Repo, parser: GoParser) {
    this.repo = repo;
    this.parser = parser;
  }

  /** A file with its syntax. Throws where there is none. */
  file(path: string): GoFile {
    let file = this.files.get(path);
    if (!file) {
      file = goFile(this.parser, path, this.repo.texts.get(path)!);
      this.files.set(path, file);
    }
    return file;
  }

  /** Whether a file parses as it is. */
  isSound(path: string): boolean {
    return brokenAt(this.repo.facts(path)!) === undefined;
  }

  /** The files of the same folder, the file itself among them; without tests. */
  packageOf({ path }: GoFile): GoFile[] {
    const own = this.repo.packages.get(dirname(path))?.files ?? [path];
    return own.map(one => this.file(one));
  }

  /** The names that the package of a file declares. */
  packageNames(file: GoFile): ReadonlySet<string> {
    const dir = dirname(file.path);
    let names = this.names.get(dir);
    if (!names) {
      names = new Set(this.packageOf(file).flatMap(packageNames));
      this.names.set(dir, names);
    }
    return names;
  }

  /** The Go files that hold a word. */
  mentioning(word: string): readonly GoFile[] {
    let found = this.words.get(word);
    if (!found) {
      const whole = new RegExp(`\\b${word}\\b`);
      const paths = [...this.repo.texts.keys()].filter(
        path => path.endsWith('.go') && whole.test(this.repo.texts.get(path)!),
      );
      found = paths.map(path => this.file(path));
      this.words.set(word, found);
    }
    return found;
  }

  /** The import path of a file's folder; undefined outside every Go module. */
  importPath({ path }: GoFile): string | undefined {
    return this.repo.importPath(dirname(path));
  }

  /** The imports that a file has names for. */
  importsOf(file: GoFile): FileImport[] {
    return findAll(file.root, 'import_spec').flatMap(spec => {
      const path = stringLiteral(childByField(spec, 'path')!, file.text)!;
      const alias = nameOf(file, spec);
      if (alias === '_' || alias === '.') return [];
      return [{ name: alias || this.repo.packageName(path, dirname(file.path)), path, spec }];
    });
  }

  /** Whether a file imports names without a qualifier, or C. */
  hasStrangeImports(file: GoFile): boolean {
    return findAll(file.root, 'import_spec').some(
      spec => nameOf(file, spec) === '.' || textOf(file, spec).includes('"C"'),
    );
  }

  /** The value of a constant that is a plain string, by a name or `package.Name` in a file. */
  stringConstant(file: GoFile, node: SyntaxNode): string | undefined {
    if (node.type === 'identifier')
      return this.constantIn(this.packageOf(file), textOf(file, node));
    const operand = childByField(node, 'operand');
    const field = childByField(node, 'field');
    if (operand?.type !== 'identifier' || !field) return undefined;
    const imported = this.importsOf(file).find(({ name }) => name === textOf(file, operand));
    const dir = imported && this.repo.dirOf(imported.path, dirname(file.path));
    const files = dir === undefined ? [] : (this.repo.packages.get(dir)?.files ?? []);
    return this.constantIn(
      files.map(path => this.file(path)),
      textOf(file, field),
    );
  }

  private constantIn(files: readonly GoFile[], name: string): string | undefined {
    const found = files.flatMap(file =>
      file.root.children
        .filter(({ type }) => type === 'const_declaration')
        .flatMap(({ children }) => children)
        .filter(spec => spec.type === 'const_spec' && nameOf(file, spec) === name)
        .map(spec => ({ file, spec })),
    );
    const [only, ...others] = found;
    if (!only || others.length > 0 || childByField(only.spec, 'type')) return undefined;
    const [value, ...more] = namedChildren(childByField(only.spec, 'value'));
    return value && more.length === 0 ? stringLiteral(value, only.file.text) : undefined;
  }
}
