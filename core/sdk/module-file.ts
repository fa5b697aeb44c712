/** The modules that chains take from elsewhere, as modules.json has them (modules.schema.json). */
export interface ModuleFile {
  /** By project, the releases that were read. Ranges of releases run over this list. */
  readonly projects: Readonly<Record<string, readonly string[]>>;
  readonly modules: readonly ModuleEntry[];
}

/** A module of one project. */
export interface ModuleEntry {
  readonly module: string;
  readonly project: string;
  readonly packages: readonly PackageEntry[];
  /** By release, or by range of releases `FIRST..LAST`. */
  readonly consensusVersions: Readonly<Record<string, number>>;
}

/** A package that holds a module's store keys. */
export interface PackageEntry {
  /** The import path; `{major}` in it stands for each of the releases. */
  readonly path: string;
  readonly alias: string;
  /** Releases and ranges of releases; without them it is not recorded which they are. */
  readonly releases?: readonly string[];
  /** None for a module without a store. */
  readonly stores: readonly StoreConstantEntry[];
}

/** A constant that holds a store's name. */
export interface StoreConstantEntry {
  readonly const: string;
  readonly value: string;
  readonly kind: ModuleRow['kind'];
  readonly mounted?: false;
  /** The releases that have the constant, where not all of the package's do. */
  readonly releases?: readonly string[];
}

/** One constant of one package: what the engine looks up. */
export interface ModuleRow {
  readonly importPath: string;
  readonly package: string;
  readonly alias: string;
  /** The constant that holds the store's name; null for modules without a store. */
  readonly const: string | null;
  readonly value: string | null;
  /** `kv` is the only kind that belongs in StoreUpgrades. */
  readonly kind: 'kv' | 'transient' | 'memory' | 'object' | 'none';
  readonly moduleName: string;
  /** False where the constant exists but no app mounts a store under it. */
  readonly mounted: boolean;
  /** By project and release: `cosmos-sdk v0.50`. */
  readonly consensusVersions: Readonly<Record<string, number>>;
  /** Projects and releases likewise; the project alone where the release is not recorded. */
  readonly releases: readonly string[];
}

/**
 * The rows that a file stands for, in its order. Throws where it names a release that its project
 * does not have.
 */
export function moduleRows({ projects, modules }: ModuleFile): ModuleRow[] {
  return modules.flatMap(entry => {
    const known = projects[entry.project];
    if (!known) throw new Error(`modules.json: ${entry.module} is of no known project`);
    const labels = (releases: readonly string[]) =>
      releases
        .flatMap(range => releasesIn(known, range))
        .map(release => `${entry.project} ${release}`);
    const consensusVersions = Object.fromEntries(
      Object.entries(entry.consensusVersions).flatMap(([range, version]) =>
        labels([range]).map(label => [label, version] as const),
      ),
    );
    return entry.packages
      .flatMap(one => packagePaths(known, one))
      .flatMap(one =>
        packageRows(one).map(({ releases, ...row }) => ({
          ...row,
          moduleName: entry.module,
          consensusVersions,
          releases: releases ? labels(releases) : [entry.project],
        })),
      );
  });
}

/** The releases that a range `FIRST..LAST`, or a release alone, names. */
function releasesIn(known: readonly string[], range: string): readonly string[] {
  const [first, last = first] = range.split('..');
  const start = known.indexOf(first!);
  const end = known.indexOf(last!);
  if (start < 0 || end < start) throw new Error(`modules.json: no releases ${range}`);
  return known.slice(start, end + 1);
}

/** A package once for each release whose major version its path holds. */
function packagePaths(known: readonly string[], entry: PackageEntry): PackageEntry[] {
  if (!entry.path.includes('/{major}')) return [entry];
  const majors = (entry.releases ?? []).flatMap(range => releasesIn(known, range));
  return majors.map(major => ({
    ...entry,
    // Go's first major version has no element of its own.
    path: entry.path.replace('/{major}', major === 'v1' ? '' : `/${major}`),
    releases: [major],
  }));
}

type PackageRow = Omit<ModuleRow, 'moduleName' | 'consensusVersions' | 'releases'> & {
  readonly releases: readonly string[] | undefined;
};

/** The rows of one package: one a constant, or one that has none. */
function packageRows({ path, alias, releases, stores }: PackageEntry): PackageRow[] {
  const common = { importPath: path, package: path.slice(path.lastIndexOf('/') + 1), alias };
  if (stores.length === 0)
    return [{ ...common, const: null, value: null, kind: 'none', mounted: false, releases }];
  return stores.map(store => ({
    ...common,
    const: store.const,
    value: store.value,
    kind: store.kind,
    mounted: store.kind !== 'none' && store.mounted !== false,
    releases: store.releases ?? releases,
  }));
}
