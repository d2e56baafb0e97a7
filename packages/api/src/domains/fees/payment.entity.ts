import {
  paymentAllocationDescriptor,
  paymentDescriptor,
  receiptDescriptor,
} from '@desk/schema/fees/descriptor';
import {
  type EntryKind,
  entryKinds,
  moneyMethods,
  type PaymentMethod,
  paymentMethods,
} from '@desk/schema/fees/enums';
import {
  type PaymentStatus,
  paymentLifecycle,
  type ReceiptStatus,
  receiptLifecycle,
} from '@desk/schema/fees/lifecycle';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Resident } from '../residents/index.ts';
import { Building, Community, Unit } from '../units/index.ts';
import { Fee } from './fee.entity.ts';

export const PaymentMethods = enumOf('PaymentMethod', paymentMethods, 'How it was paid (handbook F-05).');
export const MoneyMethods = enumOf('MoneyMethod', moneyMethods, 'How money is handed back (handbook F-05).');
const Statuses = enumOf('PaymentStatus', paymentLifecycle.states, 'Where a payment stands (handbook F-05).');
const ReceiptStatuses = enumOf(
  'ReceiptStatus',
  receiptLifecycle.states,
  'Whether a receipt holds (handbook F-05).',
);
const EntryKinds = enumOf(
  'LedgerEntryKind',
  entryKinds,
  'Why an entry stands in the ledger (handbook F-04).',
);

@Resource(paymentDescriptor, {
  table: 'payment',
  description:
    'A payment (收款), handbook F-05: oldest debt first unless told otherwise, the rest is kept as prepayment.',
})
export class Payment extends Aggregate {
  @Column('text', { description: 'Number for people, for example `SK-20261122-0007`.' })
  number!: string;

  @Column('text', {
    description: 'Number of its receipt, without gaps in its book: `SJ-2026-000123`. A void keeps it.',
  })
  receiptNumber!: string;

  @Reference(() => Community, { description: 'The community of the unit.' })
  community!: Community;

  @Reference(() => Building, { description: 'The building of the unit.' })
  building!: Building;

  @Reference(() => Unit, { description: 'The unit that it was paid for.' })
  unit!: Unit;

  @Reference(() => Resident, { nullable: true, description: 'Who paid, when known.' })
  payer!: Resident | null;

  @Column('enum', {
    values: PaymentMethods,
    description: 'How it was paid; PREPAYMENT uses what was paid in advance.',
  })
  method!: PaymentMethod;

  @Column('money', { description: 'What was paid. 1 to 10¹² minor units.' })
  amount!: bigint;

  @Column('enum', {
    values: Statuses,
    description: 'POSTED at once; VOIDED with all its effects taken back, or REFUNDED in part or in full.',
  })
  status!: PaymentStatus;

  @Column('dateTime', { description: 'When the money was received.' })
  receivedAt!: Date;

  @Column('text', { nullable: true, description: 'Note. At most 4,000 characters.' })
  note!: string | null;
}

@Resource(receiptDescriptor, {
  table: 'receipt',
  description: 'A receipt (收据): serial numbers of a book have no gaps, handbook F-05.',
})
export class Receipt extends Aggregate {
  @Column('text', { description: 'Number as printed: `SJ-2026-000123`.' })
  number!: string;

  @Column('text', { description: "Book: the year in the community's zone." })
  book!: string;

  @Column('int', { description: 'Serial number in the book, from 1 without gaps.' })
  serial!: number;

  @Reference(() => Community, { description: 'The community whose book it is from.' })
  community!: Community;

  @Reference(() => Building, { description: 'The building of the unit.' })
  building!: Building;

  @Reference(() => Unit, { description: 'The unit that it was paid for.' })
  unit!: Unit;

  @Reference(() => Payment, { description: 'The payment that it confirms.' })
  payment!: Payment;

  @Column('money', { description: 'What was paid.' })
  amount!: bigint;

  @Column('enum', {
    values: ReceiptStatuses,
    description: 'VOIDED together with its payment; the number stays taken.',
  })
  status!: ReceiptStatus;
}

/** A view over the ledger: never written. */
@Resource(paymentAllocationDescriptor, {
  table: 'payment_allocation',
  description: 'Which money went to which fee (核销), read from the ledger; what was taken back is negative.',
})
export class PaymentAllocation extends Aggregate {
  @Reference(() => Community, { description: 'The community of the unit.' })
  community!: Community;

  @Reference(() => Building, { description: 'The building of the unit.' })
  building!: Building;

  @Reference(() => Unit, { description: 'The unit of the fee.' })
  unit!: Unit;

  @Reference(() => Fee, { description: 'The fee that was paid.' })
  fee!: Fee;

  @Reference(() => Payment, {
    nullable: true,
    description: 'The payment; null where a deposit was deducted.',
  })
  payment!: Payment | null;

  @Column('enum', { values: EntryKinds, description: 'What happened.' })
  kind!: EntryKind;

  @Column('money', { description: 'Minor units; negative when taken back.' })
  amount!: bigint;
}
