import type { Role } from '../roles.ts';
import type { Text } from '../text.ts';

/** What a ticket is about (handbook T-01). */
export const ticketKinds = {
  REPAIR_UNIT: { zh: '户内报修', en: 'Repair in the unit' },
  REPAIR_PUBLIC: { zh: '公共区域报修', en: 'Repair in a public area' },
  REPAIR_WARRANTY: { zh: '保修期报修', en: 'Repair under warranty' },
  COMPLAINT: { zh: '投诉', en: 'Complaint' },
  HELP: { zh: '求助', en: 'Help' },
  SUGGESTION: { zh: '建议', en: 'Suggestion' },
  INQUIRY: { zh: '咨询', en: 'Inquiry' },
  ERRAND: { zh: '代办', en: 'Errand' },
  PAID_SERVICE: { zh: '特约服务', en: 'Paid service' },
  DEFECT: { zh: '遗漏缺陷', en: 'Defect' },
} as const satisfies Record<string, Text>;
export type TicketKind = keyof typeof ticketKinds;
export const ticketKindNames = Object.keys(ticketKinds) as TicketKind[];

/** Letters before a ticket's number, so that staff hear from it what the ticket is: `WX-20261122-0007`. */
export const ticketSeries = {
  REPAIR_UNIT: 'WX',
  REPAIR_PUBLIC: 'WX',
  REPAIR_WARRANTY: 'WX',
  COMPLAINT: 'TS',
  HELP: 'QZ',
  SUGGESTION: 'JY',
  INQUIRY: 'ZX',
  ERRAND: 'DB',
  PAID_SERVICE: 'TY',
  DEFECT: 'QX',
} as const satisfies Record<TicketKind, string>;

/** Kinds that somebody has to go for: without an arrival they cannot be done (handbook T-10). */
export const kindsOnSite: readonly TicketKind[] = [
  'REPAIR_UNIT',
  'REPAIR_PUBLIC',
  'REPAIR_WARRANTY',
  'ERRAND',
  'PAID_SERVICE',
  'DEFECT',
];

/** Kinds that are revisited before they are closed (handbook T-12). */
export const kindsRevisited: readonly TicketKind[] = [
  'REPAIR_UNIT',
  'REPAIR_PUBLIC',
  'REPAIR_WARRANTY',
  'COMPLAINT',
];

/**
 * Work in a unit, which the resident signs on the work order, or it says why nobody did (handbook T-10). In public areas
 * nobody lives who could.
 */
export const kindsSigned: readonly TicketKind[] = [
  'REPAIR_UNIT',
  'REPAIR_WARRANTY',
  'PAID_SERVICE',
  'DEFECT',
];

/** How it came in (handbook T-01). */
export const ticketChannels = {
  HOTLINE: { zh: '热线', en: 'Hotline' },
  FRONT_DESK: { zh: '前台', en: 'Front desk' },
  WECHAT: { zh: '微信', en: 'WeChat' },
  SMS: { zh: '短信', en: 'SMS' },
  EMAIL: { zh: '邮件', en: 'E-mail' },
  WEB: { zh: '网站', en: 'Web' },
  LETTER: { zh: '信函', en: 'Letter' },
  STEWARD: { zh: '楼栋专员', en: 'Steward' },
  PATROL: { zh: '巡查', en: 'Patrol' },
  INTEGRATOR: { zh: '集成方', en: 'Integrator' },
} as const satisfies Record<string, Text>;
export type TicketChannel = keyof typeof ticketChannels;
export const ticketChannelNames = Object.keys(ticketChannels) as TicketChannel[];

/** Who a ticket is dispatched to (handbook T-04). */
export const departments = {
  ENGINEERING: { zh: '工程部', en: 'Engineering' },
  CUSTOMER_SERVICE: { zh: '客服部', en: 'Customer service' },
  SECURITY: { zh: '秩序维护部', en: 'Security' },
  ENVIRONMENT: { zh: '环境部', en: 'Cleaning and greenery' },
  FINANCE: { zh: '财务部', en: 'Finance' },
  MANAGEMENT: { zh: '管理处', en: 'Management office' },
  BUILDER: { zh: '建设单位（保修）', en: 'Builder (warranty)' },
} as const satisfies Record<string, Text>;
export type Department = keyof typeof departments;
export const departmentNames = Object.keys(departments) as Department[];

/** Roles that take a department's tickets while nobody is named; cleaners and builders have no accounts, so others do it for them. */
export const departmentRoles: Record<Department, readonly Role[]> = {
  ENGINEERING: ['ENGINEERING'],
  CUSTOMER_SERVICE: ['FRONT_DESK', 'STEWARD'],
  SECURITY: ['SECURITY'],
  ENVIRONMENT: ['STEWARD', 'FRONT_DESK'],
  FINANCE: ['CASHIER', 'FINANCE'],
  MANAGEMENT: [],
  BUILDER: ['ENGINEERING', 'STEWARD'],
};

/** May take, move on and judge the tickets of every department. */
export const ticketHeads: readonly Role[] = ['SUPERVISOR', 'MANAGER', 'GENERAL_MANAGER', 'ADMINISTRATOR'];

/** How grave a complaint is (handbook T-06). */
export const severities = {
  MINOR: { zh: '轻微', en: 'Minor' },
  IMPORTANT: { zh: '重要', en: 'Important' },
  MAJOR: { zh: '重大', en: 'Major' },
} as const satisfies Record<string, Text>;
export type Severity = keyof typeof severities;
export const severityNames = Object.keys(severities) as Severity[];

/** How a revisit was made (handbook T-12). A message is none: it is a comment, or an answer. */
export const revisitWays = {
  PHONE: { zh: '电话', en: 'By telephone' },
  IN_PERSON: { zh: '上门', en: 'In person' },
} as const satisfies Record<string, Text>;
export type RevisitWay = keyof typeof revisitWays;
export const revisitWayNames = Object.keys(revisitWays) as RevisitWay[];

/** What a line of a work order is (handbook T-10). */
export const itemKinds = {
  MATERIAL: { zh: '材料', en: 'Material' },
  LABOUR: { zh: '人工', en: 'Labour' },
  OTHER: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Text>;
export type ItemKind = keyof typeof itemKinds;
export const itemKindNames = Object.keys(itemKinds) as ItemKind[];

/** What somebody put his name under. */
export const signaturePurposes = {
  QUOTE: { zh: '接受报价', en: 'Price accepted' },
  SIGN_OFF: { zh: '维修签字确认', en: 'Work accepted' },
  REVISIT: { zh: '回访签字', en: 'Revisit' },
  DEPARTMENT_HEAD: { zh: '部门负责人签字', en: 'Department head' },
  COMPLAINT: { zh: '投诉处理认可', en: 'Handling of the complaint accepted' },
} as const satisfies Record<string, Text>;
export type SignaturePurpose = keyof typeof signaturePurposes;

/** Who takes a kind when the catalogue says nothing (handbook T-04). */
export const kindDepartments: Record<TicketKind, Department> = {
  REPAIR_UNIT: 'ENGINEERING',
  REPAIR_PUBLIC: 'ENGINEERING',
  REPAIR_WARRANTY: 'BUILDER',
  COMPLAINT: 'CUSTOMER_SERVICE',
  HELP: 'CUSTOMER_SERVICE',
  SUGGESTION: 'CUSTOMER_SERVICE',
  INQUIRY: 'CUSTOMER_SERVICE',
  ERRAND: 'CUSTOMER_SERVICE',
  PAID_SERVICE: 'ENGINEERING',
  DEFECT: 'ENGINEERING',
};

/** Those who must see a resident about a major complaint themselves (handbook T-06). */
export const complaintManagers: readonly Role[] = ['MANAGER', 'GENERAL_MANAGER'];
