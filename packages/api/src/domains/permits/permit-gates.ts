import { inScope, say, scopeOf, type Text } from '@desk/schema';
import { type FeeKind, feeKinds } from '@desk/schema/fees/enums';
import { showMoney } from '@desk/schema/fees/money';
import { permitDescriptor } from '@desk/schema/permits/descriptor';
import {
  type PermitPaper,
  permitPapers,
  requiredPapers,
  type SigningDepartment,
  type SigningStage,
  signers,
  signingDepartmentNames,
  signingDepartments,
} from '@desk/schema/permits/enums';
import type { Run } from '../../platform/db/database.ts';
import { Refusal, type RefusalOptions } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { type FeeBalance, feeBalances } from '../fees/index.ts';
import { numberSql } from '../policies/index.ts';

interface ChargedFee {
  id: string;
  number: string;
  kind: FeeKind;
  status: string;
  amount: bigint;
  balance: FeeBalance;
}

/** What the gates of the moves look at, besides state and role. */
export interface Facts {
  communityId: string;
  buildingId: string;
  missingPapers: PermitPaper[];
  contractorGrade: number | null;
  /** The worst that may work, by the policy that the application was made under (handbook R-01, P-1). */
  worstGrade: number;
  /** Departments that signed in the current round of the stage. */
  signed: Record<SigningStage, SigningDepartment[]>;
  deposit: ChargedFee | null;
  rubbish: ChargedFee | null;
}

const signaturesOf = (stage: SigningStage, round: string) =>
  `(select coalesce(string_agg(s.department, ','), '') from permit_signature s
    where s.organisation_id = t.organisation_id and s.permit_id = t.id and s.stage = '${stage}' and s.round = t.${round})`;

// Named one by one below: inside a command the driver answers rows as objects.
const columns = [
  ...['t.id', 't.community_id', 't.building_id', "array_to_string(t.papers, ',')", 'u.area::text'],
  't.contractor_grade',
  signaturesOf('ISSUE', 'round'),
  signaturesOf('COMPLETION', 'inspection_round'),
  ...['d.id', 'd.number', 'd.status', 'd.amount::text', 'r.id', 'r.number', 'r.status', 'r.amount::text'],
  ...[numberSql('fireReceiptArea'), numberSql('worstGrade')],
];

/** The facts of many permits in two statements, in the order asked. */
export async function factsOf(run: Run, permits: readonly string[]): Promise<Facts[]> {
  const rows = await run(
    `select ${columns.map((sql, index) => `${sql} as c${index}`).join(', ')}
     from renovation_permit t left join policy p on p.organisation_id = t.organisation_id and p.id = t.policy_id
     join unit u on u.organisation_id = t.organisation_id and u.id = t.unit_id
     left join fee d on d.organisation_id = t.organisation_id and d.id = t.deposit_fee_id
     left join fee r on r.organisation_id = t.organisation_id and r.id = t.rubbish_fee_id
     where t.id = any($1::uuid[])`,
    [permits],
  );
  const ids = rows.flatMap((row) => [row[8], row[12]]).filter((id) => id !== null) as string[];
  const found = await feeBalances(run, ids); // also for none: the number of statements depends on nothing
  const balances = new Map(found.map((balance, index) => [ids[index], balance]));
  const feeOf = (kind: FeeKind, [id, number, status, amount]: unknown[]): ChargedFee | null => {
    const balance = balances.get(id as string);
    if (!balance) return null;
    return {
      ...{ id: id as string, number: number as string, kind, status: status as string },
      ...{ amount: BigInt(String(amount)), balance },
    };
  };
  const facts = new Map(
    rows.map((row): [string, Facts] => {
      const papers = list<PermitPaper>(row[3]);
      return [
        row[0] as string,
        {
          communityId: row[1] as string,
          buildingId: row[2] as string,
          missingPapers: missingPapers(papers, row[4] as string | null, row[16] as number),
          contractorGrade: row[5] as number | null,
          worstGrade: row[17] as number,
          signed: { ISSUE: list(row[6]), COMPLETION: list(row[7]) },
          deposit: feeOf('DEPOSIT_RENOVATION', row.slice(8, 12)),
          rubbish: feeOf('RUBBISH_CLEARANCE', row.slice(12, 16)),
        },
      ];
    }),
  );
  return permits.map((id) => facts.get(id) ?? fail(id));
}

const list = <T extends string>(joined: unknown): T[] => String(joined).split(',').filter(Boolean) as T[];
const fail = (id: string): never => {
  throw new Error(`permit ${id} is gone`);
};

export const missingPapers = (
  received: readonly PermitPaper[],
  area: string | null,
  fireReceiptArea: number,
): PermitPaper[] => requiredPapers(area, fireReceiptArea).filter((paper) => !received.includes(paper));

/** What stands in the way of a move besides state and role; undefined when nothing does. */
export function obstacleTo(action: string, status: string, facts: Facts): Refusal | undefined {
  switch (action) {
    case 'startReview':
    case 'resubmit':
      return papersMissing(facts.missingPapers);
    case 'approve':
      return papersMissing(facts.missingPapers) ?? unqualified(facts);
    case 'chargeFees':
      return status === 'FEES_DUE' && feesToCharge(facts).length === 0
        ? new Refusal('FEES_CHARGED')
        : undefined;
    case 'sign':
      return feesUnpaid(facts);
    case 'issue':
      return feesUnpaid(facts) ?? signaturesMissing(facts, 'ISSUE');
    case 'complete':
      return signaturesMissing(facts, 'COMPLETION');
    case 'cancel':
      return moneyHeld(facts);
    default:
      return undefined;
  }
}

/** Whether the viewer signs for a department there (handbook P-3, R-05). */
export const maySignFor = (viewer: Viewer, department: SigningDepartment, facts: Facts): boolean =>
  inScope(scopeOf(viewer.assignments, new Set(signers[department]), permitDescriptor.scope), facts);

/** Nothing is left for the viewer to sign: all departments that the viewer signs for have signed. */
export function signedByAll(viewer: Viewer, stage: SigningStage, facts: Facts): Refusal | undefined {
  const mine = signingDepartmentNames.filter((department) => maySignFor(viewer, department, facts));
  const left = mine.filter((department) => !facts.signed[stage].includes(department));
  return mine.length > 0 && left.length === 0 ? alreadySigned(stage, mine) : undefined;
}

export const alreadySigned = (stage: SigningStage, departments: readonly SigningDepartment[]): Refusal =>
  naming(
    'ALREADY_SIGNED',
    departments.map((name) => signingDepartments[name]),
    { rule: stageRules[stage] },
  );

/** Parts that are to be charged: never charged, voided, or a deposit that was handed back. */
export function feesToCharge({ deposit, rubbish }: Facts): ('depositFee' | 'rubbishFee')[] {
  const gone = (fee: ChargedFee | null) =>
    !fee ||
    fee.status === 'VOIDED' ||
    (fee === deposit && fee.status === 'SETTLED' && fee.balance.held === 0n);
  return [
    ...(gone(deposit) ? (['depositFee'] as const) : []),
    ...(gone(rubbish) ? (['rubbishFee'] as const) : []),
  ];
}

export function papersMissing(missing: readonly PermitPaper[]): Refusal | undefined {
  if (missing.length === 0) return undefined;
  const onlyFire = missing.length === 1 && missing[0] === 'FIRE_RECEIPT';
  return naming(
    'PAPERS_MISSING',
    missing.map((paper) => permitPapers[paper]),
    {
      field: ['papers'],
      ...(onlyFire && { rule: 'R-02' }),
    },
  );
}

function unqualified({ contractorGrade, worstGrade }: Facts): Refusal | undefined {
  if (contractorGrade !== null && contractorGrade <= worstGrade) return undefined;
  return new Refusal('CONTRACTOR_UNQUALIFIED', {
    field: ['contractorGrade'],
    values: (locale) => ({
      worst: worstGrade,
      grade: contractorGrade ?? say({ zh: '未登记', en: 'nothing' }, locale),
    }),
  });
}

function feesUnpaid({ deposit, rubbish }: Facts): Refusal | undefined {
  const settled = (fee: ChargedFee | null) =>
    fee?.status === 'WAIVED' ||
    (fee?.status === 'SETTLED' && (fee !== deposit || fee.balance.held >= fee.amount));
  const parts = [
    [deposit, feeKinds.DEPOSIT_RENOVATION],
    [rubbish, feeKinds.RUBBISH_CLEARANCE],
  ] as const;
  const open = parts.filter(([fee]) => !settled(fee)).map(([fee, { zh, en }]) => named(fee, { zh, en }));
  return open.length > 0 ? naming('FEES_UNPAID', open) : undefined;
}

const named = (fee: ChargedFee | null, { zh, en }: Text): Text =>
  fee ? { zh: `${zh} ${fee.number}`, en: `${en} ${fee.number}` } : { zh, en };

const stageRules: Record<SigningStage, string> = { ISSUE: 'R-05', COMPLETION: 'R-12' };

function signaturesMissing({ signed }: Facts, stage: SigningStage): Refusal | undefined {
  const missing = signingDepartmentNames.filter((department) => !signed[stage].includes(department));
  if (missing.length === 0) return undefined;
  return naming(
    'SIGNATURE_MISSING',
    missing.map((name) => signingDepartments[name]),
    { rule: stageRules[stage] },
  );
}

/** Money taken for the permit and not handed back: it goes back first, by the fees' own moves. */
function moneyHeld({ deposit, rubbish }: Facts): Refusal | undefined {
  const held = (deposit ? deposit.balance.held : 0n) + (rubbish ? rubbish.balance.paid : 0n);
  return held > 0n ? new Refusal('FEE_PAID', { values: { paid: showMoney(held) }, rule: 'F-08' }) : undefined;
}

type Naming = 'PAPERS_MISSING' | 'FEES_UNPAID' | 'SIGNATURE_MISSING' | 'ALREADY_SIGNED';
/** A refusal that lists what it is about, in the reader's language. */
function naming(code: Naming, what: readonly Text[], options: RefusalOptions = {}): Refusal {
  return new Refusal(code, {
    ...options,
    values: (locale) => ({
      what: what.map((text) => say(text, locale)).join(locale === 'en' ? ', ' : '、'),
    }),
  });
}
