import type { Domain } from '../../platform/domain.ts';
import { ChargeStandard, FeeKinds } from './charge-standard.entity.ts';
import { Fee } from './fee.entity.ts';
import { FeeRun } from './fee-run.entity.ts';
import { feeJobs } from './fees.jobs.ts';
import { feeResolvers } from './fees.resolver.ts';
import { MoneyOnWall } from './fees.wall.ts';
import { MoneyMethods, Payment, PaymentAllocation, Receipt } from './payment.entity.ts';

import { takeServiceCharges } from './service-charges.ts';

export { type FeeBalance, feeBalances } from './balances.ts';
export { chargeFee, outstandingOf, withdrawFee } from './fees.service.ts';
export { type FeeMovements, feeMovements } from './movements.ts';
export { deductDeposit, depositBalance, refundDeposit } from './refunds.service.ts';
export { Fee, FeeKinds, MoneyMethods };

takeServiceCharges();

export const fees: Domain = {
  name: 'fees',
  entities: [ChargeStandard, FeeRun, Fee, Payment, Receipt, PaymentAllocation],
  resolvers: [...feeResolvers, MoneyOnWall],
  jobs: feeJobs,
  constraints: {
    charge_standard_one_at_a_time: {
      code: 'DUPLICATE',
      field: ['effectiveFrom'],
      what: { zh: '同期已审批标准', en: 'approved standard in that period' },
    },
    charge_standard_is_frozen: { code: 'STANDARD_IMMUTABLE' },
    fee_billed_once: { code: 'ALREADY_BILLED', field: ['periodFrom'] },
  },
};
