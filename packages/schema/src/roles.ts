import type { Text } from './text.ts';

/** Staff and machine roles (handbook P-3). */
export const roles = {
  FRONT_DESK: { zh: '前台', en: 'Front desk' },
  STEWARD: { zh: '楼栋专员', en: 'Building steward' },
  CASHIER: { zh: '收费员', en: 'Cashier' },
  SUPERVISOR: { zh: '客服主管', en: 'Supervisor' },
  MANAGER: { zh: '客服经理', en: 'Manager' },
  ENGINEERING: { zh: '工程', en: 'Engineering' },
  SECURITY: { zh: '秩序维护', en: 'Security' },
  FINANCE: { zh: '财务', en: 'Finance' },
  GENERAL_MANAGER: { zh: '物业总经理', en: 'General manager' },
  ADMINISTRATOR: { zh: '管理员', en: 'Administrator' },
  INTEGRATOR: { zh: '集成方', en: 'Integrator' },
  DASHBOARD: { zh: '看板', en: 'Dashboard' },
} as const satisfies Record<string, Text>;

export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as Role[];
export const machineRoles = ['INTEGRATOR', 'DASHBOARD'] as const satisfies Role[];
export const staffRoles = roleNames.filter((role) => !(machineRoles as readonly Role[]).includes(role));
