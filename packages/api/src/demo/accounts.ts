import type { Role } from '@desk/schema';

/** Sign-ins of the demo, printed by `npm start`. They exist in the demo organisation only. */
export const demoOrganisation = '和谐物业（演示）';
export const demoMailDomain = 'demo.example';
export const demoPassword = 'hexie-demo-2026';
export const demoAccounts: readonly { role: Role; name: string; email: string }[] = [
  { role: 'FRONT_DESK', name: '林晓前', email: 'frontdesk@demo.example' },
  { role: 'STEWARD', name: '周楼生', email: 'steward@demo.example' },
  { role: 'CASHIER', name: '钱收英', email: 'cashier@demo.example' },
  { role: 'SUPERVISOR', name: '沈主明', email: 'supervisor@demo.example' },
  { role: 'MANAGER', name: '金经纬', email: 'manager@demo.example' },
  { role: 'ENGINEERING', name: '高工程', email: 'engineering@demo.example' },
  { role: 'SECURITY', name: '安保国', email: 'security@demo.example' },
  { role: 'FINANCE', name: '财静文', email: 'finance@demo.example' },
  { role: 'GENERAL_MANAGER', name: '总怀远', email: 'gm@demo.example' },
  { role: 'ADMINISTRATOR', name: '管立民', email: 'admin@demo.example' },
];
