import type { Role } from '../roles.ts';
import type { Text } from '../text.ts';

/** Papers of an application (handbook ). Which ones are required: `requiredPapers`. */
export const permitPapers = {
  OWNER_CONSENT: { zh: '业主申请或书面委托', en: "Owner's application or written commission" },
  PLAN_DRAWING: { zh: '平面图（拆建墙体）', en: 'Plan drawing (walls removed and added)' },
  ELECTRICAL_DRAWING: { zh: '电气图', en: 'Electrical drawing' },
  PLUMBING_DRAWING: { zh: '给排水图', en: 'Plumbing drawing' },
  CONTRACT: { zh: '装修合同', en: 'Contract' },
  CONTRACTOR_LICENCE: { zh: '施工单位营业执照', en: "Contractor's business licence" },
  CONTRACTOR_QUALIFICATION: {
    zh: '施工资质证书',
    en: "Contractor's qualification",
  },
  WORKER_IDS: { zh: '施工人员身份证复印件', en: "Workers' ID copies" },
  MATERIALS: { zh: '材料清单及合格证', en: 'Material list with certificates' },
  INSURANCE: { zh: '保险', en: 'Insurance' },
  PLEDGES: {
    zh: '装修守则、协议、承诺书、防火承诺书（已签）',
    en: 'Rules, agreement, pledge and fire pledge (signed)',
  },
  FIRE_RECEIPT: { zh: '消防部门受理凭证', en: "Fire authority's receipt" },
} as const satisfies Record<string, Text>;
export type PermitPaper = keyof typeof permitPapers;
export const permitPaperNames = Object.keys(permitPapers) as PermitPaper[];

/** Papers that an application for a unit of this area (m², null when unknown) must bring; larger units than the policy's one more. */
export function requiredPapers(area: string | null, fireReceiptArea: number): PermitPaper[] {
  const large = area !== null && Number(area) > fireReceiptArea;
  return permitPaperNames.filter((paper) => paper !== 'FIRE_RECEIPT' || large);
}

/** Departments that sign permits and completions (handbook ), and the roles that sign for each. */
export const signingDepartments = {
  CUSTOMER_SERVICE: { zh: '客服部', en: 'Customer service' },
  ENGINEERING: { zh: '工程部', en: 'Engineering' },
  SECURITY: { zh: '秩序维护部', en: 'Security' },
} as const satisfies Record<string, Text>;
export type SigningDepartment = keyof typeof signingDepartments;
export const signingDepartmentNames = Object.keys(signingDepartments) as SigningDepartment[];
export const signers: Record<SigningDepartment, readonly Role[]> = {
  CUSTOMER_SERVICE: ['FRONT_DESK', 'STEWARD', 'SUPERVISOR', 'MANAGER'],
  ENGINEERING: ['ENGINEERING'],
  SECURITY: ['SECURITY'],
};

/** What is signed. */
export const signingStages = {
  ISSUE: { zh: '发证', en: 'Issue' },
  COMPLETION: { zh: '竣工验收', en: 'Completion' },
} as const satisfies Record<string, Text>;
export type SigningStage = keyof typeof signingStages;

/** Outcome of one round of the review (handbook R-03). */
export const reviewOutcomes = {
  CHANGES_REQUESTED: { zh: '要求修改', en: 'Changes requested' },
  APPROVED: { zh: '通过', en: 'Approved' },
  RECTIFY: { zh: '验收整改', en: 'To rectify' },
} as const satisfies Record<string, Text>;
export type ReviewOutcome = keyof typeof reviewOutcomes;
