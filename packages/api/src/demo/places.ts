import { companyName, personName, phone } from './people.ts';
import type { Made, Player } from './player.ts';
import type { Random } from './random.ts';

export interface DemoUnit extends Made {
  number: string;
  fullName: string;
  area: string;
  community: string;
  owner?: Made & { name: string };
}

interface Plan {
  code: string;
  name: string;
  buildings: { name: string; floors: number; rooms: number; kind: string; area: readonly string[] }[];
}

const plans: readonly Plan[] = [
  {
    code: 'YGHY',
    name: '阳光花园',
    buildings: [
      { name: '1栋', floors: 6, rooms: 2, kind: 'RESIDENCE', area: ['89.50', '126.35'] },
      { name: '2栋', floors: 6, rooms: 2, kind: 'RESIDENCE', area: ['67.20', '89.50'] },
      { name: '3栋', floors: 5, rooms: 2, kind: 'RESIDENCE', area: ['142.80', '210.60'] },
    ],
  },
  {
    code: 'BJDS',
    name: '滨江大厦',
    buildings: [{ name: 'A座', floors: 5, rooms: 2, kind: 'OFFICE', area: ['156.00', '318.45'] }],
  },
];

/** Communities with buildings, units, residents and their residencies; most units are occupied. */
export async function makePlaces(player: Player, random: Random): Promise<DemoUnit[]> {
  const units: DemoUnit[] = [];
  for (const plan of plans) {
    const community = await player.do('ADMINISTRATOR', 'communityCreate', {
      code: plan.code,
      name: plan.name,
      address: `示范市和谐路${10 + units.length}号`,
    });
    for (const { name, floors, rooms, kind, area } of plan.buildings) {
      const building = await player.do('ADMINISTRATOR', 'buildingCreate', {
        community: community.id,
        name,
        floors,
        handoverOn: '2024-06-01',
      });
      for (let floor = 1; floor <= floors; floor += 1)
        for (let room = 1; room <= rooms; room += 1) {
          const input = {
            building: building.id,
            number: `${floor}0${room}`,
            floor,
            kind,
            area: area[room - 1],
            layout: kind === 'RESIDENCE' ? '3室2厅2卫' : undefined,
          };
          const unit = (await player.do(
            'SUPERVISOR',
            'unitCreate',
            input,
            'number fullName area',
          )) as DemoUnit;
          units.push({ ...unit, community: community.id });
        }
    }
  }
  for (const [index, unit] of units.entries())
    if (random.chance(0.82)) await occupy(player, random, unit, index);
  return units;
}

async function occupy(player: Player, random: Random, unit: DemoUnit, index: number): Promise<void> {
  const company = unit.fullName.startsWith('A座');
  const name = company ? companyName(index) : personName(random);
  const resident = {
    community: unit.community,
    name,
    kind: company ? 'COMPANY' : 'PERSON',
    phone: phone(random),
    plates: random.chance(0.4) ? `京A${String(10_000 + random.below(89_999))}` : undefined,
    ...(random.chance(0.08) && !company && { specialCare: true, specialCareKind: 'ELDERLY' }),
  };
  const owner = await player.do('FRONT_DESK', 'residentCreate', resident, 'name');
  await player.do('FRONT_DESK', 'residencyCreate', {
    unit: unit.id,
    resident: owner.id,
    relation: 'OWNER',
    share: '100',
    startsOn: '2024-06-01',
  });
  unit.owner = { ...owner, name };
  if (!company && random.chance(0.3)) {
    const tenant = await player.do('FRONT_DESK', 'residentCreate', {
      community: unit.community,
      name: personName(random),
      kind: 'PERSON',
      phone: phone(random),
    });
    await player.do('FRONT_DESK', 'residencyCreate', {
      unit: unit.id,
      resident: tenant.id,
      relation: 'TENANT',
      startsOn: '2025-09-01',
    });
  }
  const handover = await player.do('FRONT_DESK', 'unitStartHandover', { id: unit.id, version: unit.version });
  const moved = await player.do('FRONT_DESK', 'unitMoveIn', { id: unit.id, version: handover.version });
  unit.version = moved.version;
}
