import type { ResourceDescriptor } from '@desk/schema';
import { resourceNamed } from '@desk/schema';
import { expect, test } from 'vitest';
import { inputsOf } from '../src/platform/model.ts';
import { changedIn, filledIn, toForm } from '../src/ui/formValues.ts';
import { compactSdl } from '../vite/sdl.ts';

const units = resourceNamed('units') as ResourceDescriptor;
const inputs = inputsOf(units, 'unitUpdate');
const record = { id: 'unit_1', number: '101', area: '60.50', note: null, floor: 3 };

test('an update sends only what was changed', () => {
  const before = toForm(inputs, record);
  expect(changedIn(inputs, { ...before, area: '61.00', floor: '' }, before)).toEqual({
    area: '61.00',
    floor: null,
  });
  expect(changedIn(inputs, before, before)).toEqual({});
});

test('a create leaves out what was not filled in', () => {
  expect(
    filledIn(inputsOf(units, 'unitCreate'), { building: 'building_1', number: '101', note: '' }),
  ).toEqual({ building: 'building_1', number: '101' });
});

test('value objects are edited part by part, with references as ids', () => {
  const sdl = compactSdl(`
    type Mutation { staffUpdate(input: StaffUpdateInput!): Staff }
    input StaffUpdateInput { id: ID! version: Int! assignments: [RoleAssignmentInput!] }
    input RoleAssignmentInput { role: Role! community: ID buildings: [ID!] }
    enum Role { STEWARD MANAGER }
    type Staff { id: ID! assignments: [RoleAssignment!]! }
    type RoleAssignment { role: Role! communityId: ID community: Community buildings: [Building!] }
    type Community { id: ID! } type Building { id: ID! }`);
  const staff: ResourceDescriptor = {
    ...units,
    type: 'Staff',
    fields: { assignments: { label: { zh: '岗位', en: 'Roles' } } },
  };
  const [input] = inputsOf(staff, 'staffUpdate', sdl);
  const form = toForm(input ? [input] : [], {
    id: 's',
    assignments: [{ role: 'STEWARD', community: { id: 'community_1' }, buildings: [{ id: 'building_1' }] }],
  });
  expect(form.assignments).toEqual([
    { role: 'STEWARD', community: 'community_1', buildings: ['building_1'] },
  ]);
  expect(
    filledIn(input ? [input] : [], { assignments: [{ role: 'MANAGER', community: '', buildings: [] }] }),
  ).toEqual({ assignments: [{ role: 'MANAGER' }] });
});
