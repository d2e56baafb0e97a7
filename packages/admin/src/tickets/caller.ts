import type { Locale } from '@desk/schema';
import { say } from '@desk/schema';
import { relations } from '@desk/schema/residents/enums';
import { request } from '../platform/client.ts';
import { has } from '../platform/model.ts';

/** Somebody who may be on the phone: a resident in a unit, or a unit alone. */
export interface Caller {
  key: string;
  name: string;
  detail: string;
  community: string;
  resident?: string;
  unit?: string;
  specialCare: boolean;
}

interface Named {
  id: string;
  name: string;
}
interface FoundResident extends Named {
  phone: string | null;
  specialCare: boolean;
  community: Named;
  residencies: {
    nodes: { current: boolean; relation: keyof typeof relations; unit: { id: string; fullName: string } }[];
  };
}
interface FoundUnit {
  id: string;
  fullName: string;
  community: Named;
}
interface Found {
  residents: { nodes: FoundResident[] };
  units: { nodes: FoundUnit[] };
}

const document = `query findCaller($text: String!) {
  residents(first: 8, filter: { search: $text }) { nodes { id name phone specialCare community { id name } residencies(first: 5) { nodes { current relation unit { id fullName } } } } }
  units(first: 5, filter: { search: $text }) { nodes { id fullName community { id name } } } }`;

/** Whether the API can look for callers at all. */
export const findable = has('Query', 'residents') && has('Resident', 'residencies');

/** Residents with each of their present units, then units by themselves (handbook U-6). */
export async function findCallers(text: string, locale: Locale, signal: AbortSignal): Promise<Caller[]> {
  const { residents, units } = await request<Found>(document, { text }, { signal });
  const people = residents.nodes.flatMap((resident): Caller[] => {
    const base = {
      name: resident.name,
      community: resident.community.id,
      resident: resident.id,
      specialCare: resident.specialCare,
    };
    const homes = resident.residencies.nodes.filter(({ current }) => current);
    const phone = resident.phone ?? '';
    if (homes.length === 0)
      return [
        { ...base, key: resident.id, detail: [resident.community.name, phone].filter(Boolean).join(' · ') },
      ];
    return homes.map(({ unit, relation }) => ({
      ...base,
      key: `${resident.id} ${unit.id}`,
      unit: unit.id,
      detail: [unit.fullName, say(relations[relation], locale), phone].filter(Boolean).join(' · '),
    }));
  });
  const places = units.nodes.map(
    ({ id, fullName, community }): Caller => ({
      key: id,
      name: fullName,
      detail: community.name,
      community: community.id,
      unit: id,
      specialCare: false,
    }),
  );
  return [...people, ...places];
}
