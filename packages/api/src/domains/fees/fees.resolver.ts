import { childrenField, command, commands, moves } from '../../platform/graphql/declare.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import { Resident } from '../residents/index.ts';
import { Ticket } from '../tickets/index.ts';
import { Unit } from '../units/index.ts';
import { moveRun, runBilling } from './billing.service.ts';
import { ChargeStandard } from './charge-standard.entity.ts';
import { Fee } from './fee.entity.ts';
import { FeeRun } from './fee-run.entity.ts';
import { FeeFields, PaymentFields, UnitAccountFields } from './fees.fields.ts';
import {
  ChargeStandardCreateInput,
  ChargeStandardUpdateInput,
  FeeCollectInput,
  FeeCreateInput,
  FeeRunInput,
  FeeUpdateInput,
  FeeVoidInput,
  FeeWaiveInput,
  PaymentCreateInput,
  PaymentRefundInput,
  PaymentVoidInput,
} from './fees.inputs.ts';
import { collectFee, createFee, issueFee, updateFee, voidFee, waiveFee } from './fees.service.ts';
import { Payment, PaymentAllocation, Receipt } from './payment.entity.ts';
import { createPayment, voidPayment } from './payments.service.ts';
import { refundPayment } from './refunds.service.ts';
import { createStandard, moveStandard, updateStandard } from './standards.service.ts';

export const feeResolvers = [
  FeeFields,
  PaymentFields,
  UnitAccountFields,
  ...resourceResolvers(Fee),
  ...resourceResolvers(ChargeStandard),
  ...resourceResolvers(FeeRun),
  ...resourceResolvers(Payment),
  ...resourceResolvers(Receipt),
  ...resourceResolvers(PaymentAllocation),
  childrenField(Unit, 'fees', Fee, 'unit', 'Fees of the unit (handbook U-3).'),
  childrenField(Unit, 'payments', Payment, 'unit', 'Payments for the unit (handbook U-3).'),
  childrenField(Resident, 'fees', Fee, 'payer', 'Fees that the resident is to pay.'),
  childrenField(Ticket, 'fees', Fee, 'ticket', 'The fee of a paid service (handbook T-15).'),
  childrenField(FeeRun, 'fees', Fee, 'run', 'Fees that the run made.'),
  childrenField(
    Fee,
    'allocations',
    PaymentAllocation,
    'fee',
    'Money that went to the fee, and came from it.',
  ),
  childrenField(Payment, 'allocations', PaymentAllocation, 'payment', 'Fees that the payment went to.'),
  commands(ChargeStandard, {
    chargeStandardCreate: command(
      ChargeStandardCreateInput,
      createStandard,
      'Enters a charge standard as a draft (handbook F-02).',
    ),
    chargeStandardUpdate: command(
      ChargeStandardUpdateInput,
      updateStandard,
      'Changes a draft; an approved standard never changes (handbook F-02).',
    ),
    ...moves(ChargeStandard, moveStandard),
  }),
  commands(FeeRun, {
    feeRun: command(
      FeeRunInput,
      runBilling,
      'Bills the units of a community for a period; what is billed already is left out (handbook F-03).',
    ),
    ...moves(FeeRun, moveRun),
  }),
  commands(Fee, {
    feeCreate: command(FeeCreateInput, createFee, 'Enters a single charge as a draft (handbook F-01).'),
    feeUpdate: command(
      FeeUpdateInput,
      updateFee,
      'Changes due date or note, and the amount of a draft that was not computed.',
    ),
    feeCollect: command(
      FeeCollectInput,
      collectFee,
      'Takes a payment of all that the fee owes (handbook F-05).',
    ),
    feeWaive: command(
      FeeWaiveInput,
      waiveFee,
      'Gives up what the fee still owes, with a reason (handbook F-07).',
    ),
    feeVoid: command(
      FeeVoidInput,
      voidFee,
      'Voids a fee that nothing was paid on, with a reversing entry (handbook F-04).',
    ),
    ...moves(Fee, issueFee),
  }),
  commands(Payment, {
    paymentCreate: command(
      PaymentCreateInput,
      createPayment,
      'Takes a payment and gives its receipt: oldest debt first unless told otherwise (handbook F-05).',
    ),
    paymentVoid: command(
      PaymentVoidInput,
      voidPayment,
      'Takes a payment back with reversing entries; the receipt keeps its number (handbook F-05).',
    ),
    paymentRefund: command(
      PaymentRefundInput,
      refundPayment,
      'Hands money of the payment back, never more than it brought (handbook F-05).',
    ),
  }),
];
