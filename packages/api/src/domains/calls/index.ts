import type { Domain } from '../../platform/domain.ts';
import { askWhoListens } from '../residents/index.ts';
import { CallRecord } from './call.entity.ts';
import { callResolvers } from './calls.resolver.ts';
import { withOutsider } from './candidates.ts';

askWhoListens(withOutsider);

export const calls: Domain = {
  name: 'calls',
  entities: [CallRecord],
  resolvers: callResolvers,
  constraints: {
    call_record_exchange_unique: {
      code: 'DUPLICATE',
      field: ['exchangeId'],
      what: { zh: '话机流水号', en: "exchange's id" },
    },
    call_record_outsider: { code: 'OUTSIDE_CALLER', field: ['resident'] },
    call_record_resident: { code: 'PLACE_MISMATCH', field: ['resident'] },
    call_record_unit: { code: 'PLACE_MISMATCH', field: ['unit'] },
    call_record_ticket: { code: 'PLACE_MISMATCH', field: ['ticket'] },
  },
};
