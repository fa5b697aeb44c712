import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodeMessage } from '../../../../core/rehearse/checks/decode.ts';
import { encodeMessage } from '../../../../core/rehearse/checks/encode.ts';
import { decodeKnown } from '../../../../core/rehearse/checks/known-messages.ts';
import { fieldTypes, scalarField, scalarOf } from '../../../../core/rehearse/checks/scalars.ts';
import type { FieldType, Schema } from '../../../../core/rehearse/checks/schema.ts';
import { wireValues } from '../../../../core/rehearse/checks/wire-values.ts';
import { messageTypesOf } from '../../../../rehearse/message-types.ts';
import { tempDir } from '../../../support/temp.ts';
import { descriptors, recorded, recordedSchema, unhex } from './recorded.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('messages of a node', () => {
  it('are decoded as its REST address writes them', async () => {
    const schema = await recordedSchema();
    assert.ok(recorded.length >= 10);
    for (const { path, answer, json } of recorded)
      assert.deepEqual(
        decodeMessage(schema, schema.methods.get(path)!.output, unhex(answer)),
        json,
        path,
      );
  });

  it('are encoded as the node takes them, also in camel case', async () => {
    const schema = await recordedSchema();
    for (const { path, request, sent } of recorded)
      assert.equal(hex(encodeMessage(schema, schema.methods.get(path)!.input, request)), sent);
    const limit = encodeMessage(schema, 'cosmos.bank.v1beta1.QueryTotalSupplyRequest', {
      pagination: { countTotal: true, limit: '300', key: 'AQI=' },
    });
    assert.equal(hex(limit), '0a09200118ac020a020102');
  });

  it('refuse what does not fit, and say what would', async () => {
    const schema = await recordedSchema();
    const name = 'cosmos.bank.v1beta1.QueryBalanceRequest';
    const encode = (json: Record<string, never>) => () => encodeMessage(schema, name, json);
    assert.throws(encode({ denon: 'x' } as never), /no field denon; it has address, denom/);
    assert.throws(encode({ denom: 5 } as never), /the field denom cannot be 5/);
    assert.throws(() => decodeMessage(schema, 'a.B', new Uint8Array()), /a message a\.B/);
    assert.throws(() => [...wireValues(unhex('0a05'))], /ends too early/);
    assert.throws(() => [...wireValues(unhex('0b'))], /wire type 3/);
  });

  it('hold numbers of every type', () => {
    const { int32, uint32, int64, uint64, sint32, sint64 } = fieldTypes;
    const { fixed32, sfixed32, fixed64, sfixed64, float, double, bool } = fieldTypes;
    const values: readonly (readonly [number, number | string | boolean])[] = [
      [int32, -5],
      [uint32, 4_294_967_295],
      [int64, '-9223372036854775808'],
      [uint64, '18446744073709551615'],
      [sint32, -3],
      [sint64, '-9007199254740993'],
      [fixed32, 7],
      [sfixed32, -7],
      [fixed64, '18446744073709551615'],
      [sfixed64, '-2'],
      [float, 1.5],
      [double, -0.1],
      [bool, true],
    ];
    for (const [type, value] of values) {
      const [sent] = [...wireValues(scalarField(1, type, value)!)];
      assert.equal(scalarOf(type, sent!.value), value, String(type));
    }
    assert.equal(scalarField(1, int32, 'x'), undefined);
    assert.equal(scalarField(1, int32, 1.5), undefined);
  });

  it('hold lists, maps, oneofs, enums and decimals', () => {
    const field = (name: string, number: number, type: number, more: Partial<FieldType> = {}) => ({
      name,
      jsonName: name,
      number,
      type,
      isRepeated: false,
      isOptional: false,
      typeName: undefined,
      isDecimal: false,
      ...more,
    });
    const entry = {
      name: 'M.Entry',
      isMapEntry: true,
      fields: [field('key', 1, fieldTypes.string), field('value', 2, fieldTypes.int64)],
    };
    const list = { isRepeated: true };
    const message = {
      name: 'M',
      isMapEntry: false,
      fields: [
        field('packed', 1, fieldTypes.uint32, list),
        field('fixed', 2, fieldTypes.fixed32, list),
        field('map', 3, fieldTypes.message, { ...list, typeName: 'M.Entry' }),
        field('chosen', 4, fieldTypes.string, { isOptional: true }),
        field('kind', 5, fieldTypes.enum, { typeName: 'E' }),
        field('rate', 6, fieldTypes.string, { isDecimal: true }),
      ],
    };
    const schema: Schema = {
      messages: new Map([message, entry].map(one => [one.name, one])),
      enums: new Map([
        [
          'E',
          new Map([
            [0, 'NONE'],
            [3, 'SOME'],
          ]),
        ],
      ]),
      methods: new Map(),
    };
    const decode = (digits: string) => decodeMessage(schema, 'M', unhex(digits));
    assert.deepEqual(decode(''), {
      packed: [],
      fixed: [],
      map: {},
      kind: 'NONE',
      rate: '',
    });
    const all =
      '0a0301ac02' +
      '0805' +
      '120407000000' +
      '1a050a01611002' +
      '2200' +
      '2803' +
      `3213${hex(Buffer.from('-500000000000000000'))}`;
    assert.deepEqual(decode(all), {
      packed: [1, 300, 5],
      fixed: [7],
      map: { a: '2' },
      chosen: '',
      kind: 'SOME',
      rate: '-0.500000000000000000',
    });
    assert.deepEqual(decode('2807'), { packed: [], fixed: [], map: {}, kind: 7, rate: '' });
  });

  it('hold times, stretches of time and messages of any type', () => {
    const known = (name: string, digits: string) =>
      decodeKnown(`google.protobuf.${name}`, unhex(digits), () => ({ a: 1 }));
    assert.equal(known('Timestamp', ''), '1970-01-01T00:00:00Z');
    assert.equal(known('Timestamp', '0880b19dac061080e1eb17'), '2023-12-23T22:00:32.050Z');
    assert.equal(known('Duration', '0805'), '5s');
    assert.equal(known('Duration', '1080e1eb17'), '0.050s');
    assert.equal(known('Duration', '08ffffffffffffffffff01'), '-1s');
    assert.deepEqual(known('Any', '0a032f612e'), { '@type': '/a.', a: 1 });
    assert.equal(known('Struct', ''), undefined);
  });

  it('are described in the binary, whatever lies around the descriptions', async () => {
    const junk = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255, 9, 9]);
    const other = gzipSync('no description', { level: 9 });
    other[9] = 255;
    const binary = join(tempDir(), 'noded');
    writeFileSync(
      binary,
      Buffer.concat([junk, other, Buffer.alloc(99), readFileSync(descriptors), junk]),
    );
    const [schema, same] = [await messageTypesOf(binary), await recordedSchema()];
    assert.deepEqual([...schema.methods], [...same.methods]);
    assert.ok(schema.methods.has('/cosmos.bank.v1beta1.Query/TotalSupply'));
    writeFileSync(binary, 'nothing at all');
    assert.equal((await messageTypesOf(binary)).methods.size, 0);
  });
});
