import assert from 'node:assert/strict';
import { sarifReport } from '../../cli/lint/sarif.ts';
import { rules } from '../../core/lint/all.ts';

const finding = {
  rule: 'store-not-added',
  severity: 'error',
  file: 'app/keys a.go',
  line: 12,
  column: 101,
  endLine: 12,
  endColumn: 109,
  message: 'the store "ledger" …',
  fixes: [],
  preferredFix: null,
  related: [{ file: 'app/upgrades.go', line: 3, message: 'a pending upgrade' }],
} as const;
const plain = { ...finding, rule: 'suppression', severity: 'info', related: [] } as const;

const silent = {
  rules: ['store-not-added', 'removed-store-not-deleted'],
  file: 'app/app.go',
  line: 88,
  why: 'stores are not compared',
} as const;

interface Region {
  startLine: number;
  startColumn?: number;
  endLine?: number;
  endColumn?: number;
}
interface Place {
  physicalLocation: { artifactLocation: { uri: string; uriBaseId: string }; region: Region };
}
interface Log {
  $schema: string;
  version: string;
  runs: {
    tool: {
      driver: {
        name: string;
        semanticVersion: string;
        rules: {
          id: string;
          shortDescription: { text: string };
          defaultConfiguration: { level: string };
        }[];
      };
    };
    columnKind: string;
    invocations: {
      executionSuccessful: boolean;
      toolExecutionNotifications: {
        level: string;
        message: { text: string };
        locations: Place[];
      }[];
    }[];
    results: {
      ruleId: string;
      ruleIndex?: number;
      level: string;
      message: { text: string };
      locations: Place[];
      relatedLocations?: (Place & { id: number; message: { text: string } })[];
    }[];
  }[];
}

/**
 * The names an object may have at a place of the standard (its schema allows no others) and those
 * it must have.
 */
function only(value: object, required: readonly string[], optional: readonly string[] = []): void {
  const names = Object.keys(value);
  for (const name of required) assert.ok(names.includes(name), `${name} is missing`);
  for (const name of names)
    assert.ok(required.includes(name) || optional.includes(name), `${name} is not allowed`);
}

// What the standard says of each part: SARIF 2.1.0, sections 3.13 to 3.49. The whole schema was
// once applied to this output, and holds.
describe('SARIF', () => {
  const log = JSON.parse(
    sarifReport(
      { root: '/r', base: null, findings: [finding, plain], notes: [], notJudged: [silent] },
      '0.1.0',
      'chains/a b/',
    ),
  ) as Log;
  const [run] = log.runs;
  const [first, second] = run!.results;

  it('is one run of one tool, of version 2.1.0', () => {
    only(log, ['version', 'runs'], ['$schema']);
    assert.equal(log.version, '2.1.0');
    assert.ok(URL.canParse(log.$schema));
    assert.equal(log.runs.length, 1);
    only(run!, ['tool'], ['results', 'columnKind', 'invocations']);
    assert.equal(run!.columnKind, 'utf16CodeUnits');
    only(run!.tool.driver, ['name'], ['semanticVersion', 'rules']);
    assert.match(run!.tool.driver.semanticVersion, /^\d+\.\d+\.\d+/);
  });

  it('says what was not judged, which is no result', () => {
    const [invocation, ...more] = run!.invocations;
    assert.deepEqual(more, []);
    only(invocation!, ['executionSuccessful'], ['toolExecutionNotifications']);
    const [notification, ...others] = invocation!.toolExecutionNotifications;
    assert.deepEqual(others, []);
    only(notification!, ['message'], ['level', 'locations']);
    assert.equal(notification!.level, 'note');
    assert.equal(
      notification!.message.text,
      'stores are not compared (silent: store-not-added, removed-store-not-deleted)',
    );
    const [place] = notification!.locations;
    assert.equal(place!.physicalLocation.artifactLocation.uri, 'chains/a%20b/app/app.go');
    assert.deepEqual(place!.physicalLocation.region, { startLine: 88 });
  });

  it('describes each rule once, at the level it has', () => {
    const described = run!.tool.driver.rules;
    assert.deepEqual(
      described.map(r => r.id),
      rules.map(r => r.name),
    );
    for (const rule of described) {
      only(rule, ['id'], ['shortDescription', 'defaultConfiguration']);
      assert.ok(rule.shortDescription.text.length > 0);
      assert.ok(['none', 'note', 'warning', 'error'].includes(rule.defaultConfiguration.level));
    }
  });

  it('points at its rule, with a level and a message', () => {
    for (const result of run!.results) {
      only(result, ['message'], ['ruleId', 'ruleIndex', 'level', 'locations', 'relatedLocations']);
      assert.ok(['none', 'note', 'warning', 'error'].includes(result.level));
      if (result.ruleIndex !== undefined)
        assert.equal(run!.tool.driver.rules[result.ruleIndex]!.id, result.ruleId);
    }
    assert.deepEqual(
      [first!.ruleId, first!.level, second!.level, second!.ruleIndex],
      ['store-not-added', 'error', 'note', undefined],
    );
  });

  it('says where, with relative URIs and lines and columns from 1', () => {
    const places = run!.results.flatMap(r => [...r.locations, ...(r.relatedLocations ?? [])]);
    assert.equal(places.length, 3);
    for (const { physicalLocation } of places) {
      only(physicalLocation, ['artifactLocation'], ['region']);
      assert.match(physicalLocation.artifactLocation.uri, /^[\w%./-]+$/);
      assert.ok(!physicalLocation.artifactLocation.uri.startsWith('/'));
      for (const value of Object.values(physicalLocation.region) as number[])
        assert.ok(Number.isInteger(value) && value >= 1);
    }
    assert.deepEqual(first!.locations[0]!.physicalLocation, {
      artifactLocation: { uri: 'chains/a%20b/app/keys%20a.go', uriBaseId: '%SRCROOT%' },
      region: { startLine: 12, startColumn: 101, endLine: 12, endColumn: 109 },
    });
    assert.deepEqual(
      first!.relatedLocations!.map(r => [r.id, r.message.text]),
      [[0, 'a pending upgrade']],
    );
    assert.ok(!('relatedLocations' in second!));
  });
});
