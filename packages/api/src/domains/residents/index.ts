import type { Domain } from '../../platform/domain.ts';
import { ResidentProfile } from './profile.entity.ts';
import { profileResolvers } from './profile.resolver.ts';
import { Residency } from './residency.entity.ts';
import { Resident } from './resident.entity.ts';
import { residentJobs } from './residents.jobs.ts';
import { residentResolvers } from './residents.resolver.ts';

export { askWhoListens, assertPrivate } from './disclosure.ts';
export { ownersOf } from './residency.service.ts';
export { pinyinOf } from './search.ts';
export { Residency, Resident };

export const residents: Domain = {
  name: 'residents',
  entities: [Resident, Residency, ResidentProfile],
  resolvers: [...residentResolvers, ...profileResolvers],
  jobs: residentJobs,
  constraints: {
    resident_external_key_unique: {
      code: 'DUPLICATE',
      field: ['externalKey'],
      what: { zh: '外部编号', en: 'external key' },
    },
    resident_profile_once: {
      code: 'DUPLICATE',
      field: ['resident'],
      what: { zh: '客户画像', en: 'profile' },
    },
    residency_once: { code: 'RESIDENCY_OVERLAP', field: ['startsOn'] },
    residency_place: { code: 'PLACE_MISMATCH', field: ['resident'] },
    residency_ownership: { code: 'OWNERSHIP_ABOVE_100', field: ['share'], values: { taken: '…' } },
  },
};
