import type { PermitPaper } from '@desk/schema/permits/enums';
import { permitLifecycle } from '@desk/schema/permits/lifecycle';
import { Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { businessDate } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { childrenField, command, commands, moves } from '../../platform/graphql/declare.ts';
import { type Blockers, resourceResolvers } from '../../platform/graphql/resource.ts';
import type { Row } from '../../platform/read/plan.ts';
import { numberSql } from '../policies/index.ts';
import { Resident } from '../residents/index.ts';
import { Unit } from '../units/index.ts';
import { PermitPapers, RenovationPermit } from './permit.entity.ts';
import { type Facts, factsOf, missingPapers, obstacleTo, signedByAll } from './permit-gates.ts';
import {
  approvePermit,
  cancelPermit,
  chargeFees,
  extendPermit,
  movePermit,
  rectify,
  refundPermit,
  requestChanges,
  revokePermit,
  signCompletion,
  signPermit,
  suspendPermit,
} from './permit-moves.service.ts';
import { PermitReview, PermitSignature } from './permit-record.entity.ts';
import {
  RenovationPermitApproveInput,
  RenovationPermitCancelInput,
  RenovationPermitChargeFeesInput,
  RenovationPermitCreateInput,
  RenovationPermitExtendInput,
  RenovationPermitRectifyInput,
  RenovationPermitRefundInput,
  RenovationPermitRequestChangesInput,
  RenovationPermitRevokeInput,
  RenovationPermitSignCompletionInput,
  RenovationPermitSignInput,
  RenovationPermitSuspendInput,
  RenovationPermitUpdateInput,
} from './permits.inputs.ts';
import { createPermit, updatePermit } from './permits.service.ts';

const keyOf = (reference: unknown): string => (reference as Row).uuid;

/** What is missing for each move, for `availableActions`: papers, fees, signatures, or the money that is still held. */
const find: Blockers = async (row, { read, viewer }: Context) => {
  if (!viewer) return {};
  const facts = await read.loader<Facts>(find, '', (ids) => factsOf(read.run, ids))(row.uuid);
  const found = Object.fromEntries(
    permitLifecycle.moves.map(({ action }) => [action, obstacleTo(action, String(row.status), facts)]),
  );
  return {
    ...found,
    sign: found.sign ?? signedByAll(viewer, 'ISSUE', facts),
    signCompletion: signedByAll(viewer, 'COMPLETION', facts),
  };
};

@Resolver(() => RenovationPermit)
class PermitFields {
  @FieldResolver(() => Boolean, {
    description:
      "The works are past their last day in the community's time zone and neither extended nor inspected.",
  })
  @Extensions({ needs: ['status', 'endsOn', 'community'] })
  async expired(@Root() row: Row, @Ctx() { read, clock }: Context): Promise<boolean> {
    const zone = await read.loader<string>(PermitFields, 'zone', async (ids) => {
      const rows = await read.run('select id, time_zone from community where id = any($1::uuid[])', [ids]);
      const zones = new Map(rows.map(([id, name]) => [id as string, name as string]));
      return ids.map((id) => zones.get(id) ?? 'UTC');
    })(keyOf(row.community));
    const working = row.status === 'ISSUED' || row.status === 'SUSPENDED';
    return working && String(row.endsOn) < businessDate(clock.now(), zone);
  }

  @FieldResolver(() => [PermitPapers], {
    description: 'Papers that must come in before the review starts (handbook R-01, R-02).',
  })
  @Extensions({ needs: ['papers'] })
  async missingPapers(@Root() row: Row, @Ctx() { read }: Context): Promise<PermitPaper[]> {
    const measured = await read.loader<[area: string | null, receiptArea: number] | null>(
      PermitFields,
      'area',
      async (ids) => {
        const rows = await read.run(
          `select t.id, u.area::text, ${numberSql('fireReceiptArea')} from renovation_permit t
           join unit u on u.id = t.unit_id left join policy p on p.id = t.policy_id where t.id = any($1::uuid[])`,
          [ids],
        );
        const found = new Map(
          rows.map(([id, area, limit]) => [id, [area, limit] as [string | null, number]]),
        );
        return ids.map((id) => found.get(id) ?? null);
      },
    )(row.uuid);
    return measured ? missingPapers(row.papers as PermitPaper[], ...measured) : [];
  }
}

export const permitResolvers = [
  ...resourceResolvers(RenovationPermit, { blockers: { needs: [], find } }),
  ...resourceResolvers(PermitReview),
  ...resourceResolvers(PermitSignature),
  PermitFields,
  childrenField(
    Unit,
    'renovationPermits',
    RenovationPermit,
    'unit',
    'Renovations of the unit (handbook U-3).',
  ),
  childrenField(
    Resident,
    'renovationPermits',
    RenovationPermit,
    'applicant',
    'Renovations that the resident applied for.',
  ),
  childrenField(
    RenovationPermit,
    'reviews',
    PermitReview,
    'permit',
    'Rounds of the review and of the inspections (handbook R-03).',
  ),
  childrenField(
    RenovationPermit,
    'signatures',
    PermitSignature,
    'permit',
    'Signatures of the departments (handbook R-05, R-12).',
  ),
  commands(RenovationPermit, {
    renovationPermitCreate: command(
      RenovationPermitCreateInput,
      createPermit,
      'Applies for a renovation: by the owner or with the written commission (handbook R-01).',
    ),
    renovationPermitUpdate: command(
      RenovationPermitUpdateInput,
      updatePermit,
      'Changes an application until it is approved.',
    ),
    ...moves(RenovationPermit, movePermit),
    renovationPermitRequestChanges: command(
      RenovationPermitRequestChangesInput,
      requestChanges,
      'Request changes (要求修改), handbook R-03.',
    ),
    renovationPermitApprove: command(
      RenovationPermitApproveInput,
      approvePermit,
      'Approve (审核通过); the contractor must be of grade 2 or better, handbook R-01, R-03.',
    ),
    renovationPermitChargeFees: command(
      RenovationPermitChargeFeesInput,
      chargeFees,
      'Charge fees and deposit (开具费用和押金), handbook R-04.',
    ),
    renovationPermitSign: command(
      RenovationPermitSignInput,
      signPermit,
      'Sign (签字) for a department once the fees are settled, handbook R-05.',
    ),
    renovationPermitExtend: command(
      RenovationPermitExtendInput,
      extendPermit,
      'Extend (延期), handbook R-05.',
    ),
    renovationPermitSuspend: command(
      RenovationPermitSuspendInput,
      suspendPermit,
      'Suspend (责令停工), handbook R-09.',
    ),
    renovationPermitRevoke: command(
      RenovationPermitRevokeInput,
      revokePermit,
      'Revoke (吊销), handbook R-05.',
    ),
    renovationPermitRectify: command(
      RenovationPermitRectifyInput,
      rectify,
      'Rectify (要求整改) after an inspection, handbook R-12.',
    ),
    renovationPermitSignCompletion: command(
      RenovationPermitSignCompletionInput,
      signCompletion,
      'Sign completion (验收签字) for a department, handbook R-12.',
    ),
    renovationPermitRefund: command(
      RenovationPermitRefundInput,
      refundPermit,
      'Refund the deposit (退还押金) minus what is kept, handbook R-12, F-08.',
    ),
    renovationPermitCancel: command(
      RenovationPermitCancelInput,
      cancelPermit,
      'Cancel (取消申报); refused while money is held for it, handbook P-6.',
    ),
  }),
];
