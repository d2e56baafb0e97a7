import { Ctx, Extensions, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { childrenField, command, commands, moves } from '../../platform/graphql/declare.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import type { Row } from '../../platform/read/plan.ts';
import { Resident } from '../residents/index.ts';
import { Unit } from '../units/index.ts';
import { Key, KeyCopy } from './key.entity.ts';
import { KeyLoan } from './key-loan.entity.ts';
import {
  KeyAddCopiesInput,
  KeyCreateInput,
  KeyLoanCreateInput,
  KeyLoanExtendInput,
  KeyLoanReportLostInput,
  KeyUpdateInput,
} from './keys.inputs.ts';
import {
  addCopies,
  createKey,
  extendLoan,
  lendKey,
  moveKey,
  moveLoan,
  reportLost,
  updateKey,
} from './keys.service.ts';

@Resolver(() => Key)
class KeyFields {
  @FieldResolver(() => Int, { description: 'Copies that exist, lost ones not counted.' })
  copies(@Root() row: Row, @Ctx() { read }: Context): Promise<number> {
    const count = read.loader('Key.copies', '', async (keys) => {
      const rows = await read.run(
        `select key_id, count(*)::int from key_copy where key_id = any($1::uuid[]) and state <> 'LOST' group by 1`,
        [keys],
      );
      const found = new Map(rows.map(([key, copies]) => [key as string, copies as number]));
      return keys.map((key) => found.get(key) ?? 0);
    });
    return count(row.uuid);
  }
}

@Resolver(() => KeyLoan)
class KeyLoanFields {
  @FieldResolver(() => Boolean, { description: 'Still out although it is due (handbook K-4).' })
  @Extensions({ needs: ['status', 'dueAt'] })
  overdue(@Root() { status, dueAt }: Row, @Ctx() { clock }: Context): boolean {
    return status === 'OUT' && new Date(String(dueAt)) < clock.now();
  }
}

export const keyResolvers = [
  ...resourceResolvers(Key),
  ...resourceResolvers(KeyCopy),
  ...resourceResolvers(KeyLoan),
  KeyFields,
  KeyLoanFields,
  childrenField(Unit, 'keys', Key, 'unit', 'Keys of the unit.'),
  childrenField(Unit, 'keyLoans', KeyLoan, 'unit', 'Loans of keys of the unit.'),
  childrenField(Resident, 'keyLoans', KeyLoan, 'resident', 'Keys that the resident borrowed.'),
  childrenField(Key, 'copyList', KeyCopy, 'key', 'The copies, one by one.'),
  childrenField(Key, 'loans', KeyLoan, 'key', 'Loans of all copies.'),
  childrenField(KeyCopy, 'loans', KeyLoan, 'copy', 'Loans of this copy.'),
  commands(Key, {
    keyCreate: command(KeyCreateInput, createKey, 'Enters a key with its copies (handbook K-1).'),
    keyUpdate: command(KeyUpdateInput, updateKey, 'Changes what a key opens or where it hangs.'),
    keyAddCopies: command(KeyAddCopiesInput, addCopies, 'Adds copies to a key.'),
    ...moves(Key, moveKey),
  }),
  commands(KeyLoan, {
    keyLoanCreate: command(
      KeyLoanCreateInput,
      lendKey,
      'Lends a copy: identity verified and the owner’s consent recorded, else refused (handbook K-2). A copy is never out twice (K-3).',
    ),
    keyLoanExtend: command(KeyLoanExtendInput, extendLoan, 'Gives a loan more time (handbook K-4).'),
    keyLoanReportLost: command(
      KeyLoanReportLostInput,
      reportLost,
      'Records that a copy is lost (handbook K-4).',
    ),
    ...moves(KeyLoan, moveLoan),
  }),
];
