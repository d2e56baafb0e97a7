import type { ImportMapping } from '@desk/schema/imports/mapping';
import { importMapping, importResourceNames } from '@desk/schema/imports/mapping';
import { describe, expect, test } from 'vitest';
import { targetOf } from '../targets/index.ts';
import { compileMapping, mappingFaults } from './compile.ts';
import { headerSignature } from './headers.ts';
import { presetFor } from './presets.ts';
import { suggestMapping } from './suggest.ts';

const zone = 'Asia/Shanghai';
const suggest = (resource: 'units' | 'residents' | 'tickets', headers: string[], ...samples: string[][]) =>
  suggestMapping(headers, samples, targetOf(resource).fields, zone).columns;

describe('what headers suggest', () => {
  test('Chinese headers, with units and stars and brackets around them', () => {
    expect(
      suggest(
        'units',
        ['*楼栋', '房号（必填）', '建筑面积(㎡)', '用途', '所在楼层', '备注'],
        ['1栋', '101', '89', '商铺', '3', ''],
      ),
    ).toEqual({
      building: '*楼栋',
      number: '房号（必填）',
      area: '建筑面积(㎡)',
      kind: '用途',
      floor: '所在楼层',
      note: '备注',
    });
  });

  test('English headers, however they are written', () => {
    expect(
      suggest(
        'units',
        ['Building Name', 'ROOM', 'Area (m2)', 'unit_kind', 'External-Key'],
        ['A', '1', '50', 'Shop', 'k'],
      ),
    ).toEqual({
      building: 'Building Name',
      number: 'ROOM',
      area: 'Area (m2)',
      kind: 'unit_kind',
      externalKey: 'External-Key',
    });
    expect(suggest('tickets', ['Created', 'Subject', 'Details', 'State', 'Room', 'Phone'])).toEqual({
      receivedAt: 'Created',
      title: 'Subject',
      description: 'Details',
      status: 'State',
      unit: 'Room',
      reporterPhone: 'Phone',
    });
  });

  test('values decide between columns, and the order of day and month', () => {
    expect(suggest('units', ['area', 'meters'], ['石景山', '59㎡'], ['海淀', '60㎡'])).toEqual({
      area: 'meters',
    });
    const districts = ['石景山', '海淀', '大兴', '丰台', '顺义'].map((name) => [name]);
    expect(suggest('units', ['area'], ...districts)).toEqual({});
    expect(suggest('units', ['area'], ...districts, ['59'])).toEqual({ area: 'area' });
    expect(suggest('units', ['房屋面积说明'], ['见备注'])).toEqual({});
    expect(
      suggest('tickets', ['created date'], ['03/04/2011 02:27:57 PM'], ['03/14/2011 02:27:57 PM']),
    ).toEqual({
      receivedAt: { column: 'created date', format: 'M/d/yyyy h:mm:ss a' },
    });
  });

  test('a list of owners says what they are; a list of faults gets a kind that can be seen and changed', () => {
    const owners = suggestMapping(['业主姓名', '手机号码', '房号'], [], targetOf('residents').fields, zone);
    expect(targetOf('residents').complete?.(owners).columns).toEqual({
      name: '业主姓名',
      phone: '手机号码',
      unit: '房号',
      relation: { constant: 'OWNER' },
    });
    const faults = suggestMapping(['报事内容', '房号'], [], targetOf('tickets').fields, zone);
    expect(targetOf('tickets').complete?.(faults).columns).toEqual({
      description: '报事内容',
      title: '报事内容',
      unit: '房号',
      kind: { constant: 'REPAIR_UNIT' },
    });
  });

  test('every importable field is found by its own label in both languages, and belongs to one column', () => {
    for (const resource of importResourceNames) {
      const { fields } = targetOf(resource);
      for (const language of ['zh', 'en'] as const) {
        const headers = fields.map((field) => field.label[language]);
        const { columns } = suggestMapping(headers, [], fields, zone);
        expect(columns).toEqual(
          Object.fromEntries(fields.map((field) => [field.name, field.label[language]])),
        );
      }
    }
  });
});

describe('known files', () => {
  test('are recognised by their headers; columns that one lacks are left out', () => {
    const headers = ['floor', 'meters', 'zone', 'xiaoqu', 'directon', 'house_name'];
    const preset = presetFor('units', headers);
    expect(preset?.columns.number).toEqual({ sequenceWithin: 'building' });
    expect(preset?.columns.note).toMatchObject({ parts: [{ column: 'house_name' }, { column: 'floor' }] });
    expect(mappingFaults(preset as ImportMapping, headers, targetOf('units').fields)).toEqual([]);
    expect(presetFor('tickets', headers)).toBeUndefined();
    expect(presetFor('units', headers.slice(1))).toBeUndefined();
  });

  test('files with the same headers have one signature', () => {
    expect(headerSignature(['房号 ', 'AREA'])).toBe(headerSignature(['房号', 'area']));
    expect(headerSignature(['房号', 'area'])).not.toBe(headerSignature(['area', '房号']));
  });
});

describe('a mapping', () => {
  const headers = ['栋', '号', '态', '备'];
  const read = (mapping: ImportMapping, ...rows: string[][]) => {
    const reader = compileMapping(mapping, headers, targetOf('units').fields, zone);
    return rows.map((row) =>
      Object.fromEntries(
        reader.read(row).map(({ field, value, bad }) => [field.name, bad ? `! ${bad.text.en}` : value]),
      ),
    );
  };

  test('numbers rows within another field, joins columns, replaces and forgets texts', () => {
    const mapping: ImportMapping = {
      nulls: ['N/A'],
      columns: {
        building: '栋',
        number: { sequenceWithin: 'building' },
        kind: { constant: '住宅' },
        status: { column: '态', values: { 空: 'VACANT', '': 'HANDOVER', '*': 'OCCUPIED' } },
        note: {
          parts: [{ column: '备' }, { column: '态', label: '状态：' }],
          separator: '；',
          otherwise: '无',
        },
      },
    };
    expect(read(mapping, ['1栋', '', '空', '好'], ['2栋', '', '', 'n/a'], ['1栋', '', '满', 'N/A'])).toEqual([
      { building: '1栋', number: '1', kind: 'RESIDENCE', status: 'VACANT', note: '好；状态：空' },
      { building: '2栋', number: '1', kind: 'RESIDENCE', status: 'HANDOVER', note: '无' },
      { building: '1栋', number: '2', kind: 'RESIDENCE', status: 'OCCUPIED', note: '状态：满' },
    ]);
  });

  test('required cells must not be empty', () => {
    expect(read({ columns: { building: '栋', number: '号' } }, ['', '1', '', ''])).toEqual([
      { building: '! must not be empty', number: '1' },
    ]);
  });

  test.each([
    [{ columns: { number: { column: '号', format: 1 } } }],
    [{ columns: { number: { column: '号', constant: 'x' } } }],
    [{ columns: [] }],
    [{ columns: {}, more: 1 }],
  ])('of another shape is refused: %j', (shape) => {
    expect(importMapping.safeParse(shape).success).toBe(false);
  });
});
