import type { Domain } from '../../platform/domain.ts';
import { Building } from './building.entity.ts';
import { Community, Organisation } from './community.entity.ts';
import { Unit } from './unit.entity.ts';
import { unitResolvers } from './units.resolver.ts';

export { fullName } from './units.service.ts';
export { Building, Community, Organisation, Unit };

export const units: Domain = {
  name: 'units',
  entities: [Organisation, Community, Building, Unit],
  resolvers: unitResolvers,
  constraints: {
    community_code_unique: {
      code: 'DUPLICATE',
      field: ['code'],
      what: { zh: '小区编码', en: 'community code' },
    },
    building_name_unique: {
      code: 'DUPLICATE',
      field: ['name'],
      what: { zh: '楼栋名称', en: 'building name' },
    },
    unit_number_unique: { code: 'DUPLICATE', field: ['number'], what: { zh: '房号', en: 'unit number' } },
    unit_external_key_unique: {
      code: 'DUPLICATE',
      field: ['externalKey'],
      what: { zh: '外部编号', en: 'external key' },
    },
  },
};
