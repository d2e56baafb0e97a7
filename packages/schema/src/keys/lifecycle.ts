import { lifecycle } from '../lifecycle.ts';
import type { Role } from '../roles.ts';

const desk: Role[] = [
  'FRONT_DESK',
  'STEWARD',
  'SECURITY',
  'ENGINEERING',
  'SUPERVISOR',
  'MANAGER',
  'ADMINISTRATOR',
];

/** A key on the board (handbook K-1): in use until it is retired, for example after a loss (K-4). */
export const keyLifecycle = lifecycle({
  states: { ACTIVE: { zh: '在用', en: 'In use' }, RETIRED: { zh: '停用', en: 'Retired' } },
  initial: 'ACTIVE',
  final: ['RETIRED'],
  moves: [
    {
      action: 'retire',
      label: { zh: '停用', en: 'Retire' },
      from: ['ACTIVE'],
      to: 'RETIRED',
      who: ['SUPERVISOR', 'MANAGER', 'ADMINISTRATOR'],
      rule: 'K-4',
      danger: true,
    },
  ],
});

/** A loan (handbook K-2 to K-4): out until it is returned or reported lost. Overdue is not a state but a matter of the clock. */
export const keyLoanLifecycle = lifecycle({
  states: {
    OUT: { zh: '借出', en: 'Out' },
    RETURNED: { zh: '已归还', en: 'Returned' },
    LOST: { zh: '遗失', en: 'Lost' },
  },
  initial: 'OUT',
  final: ['RETURNED', 'LOST'],
  moves: [
    {
      action: 'return',
      label: { zh: '归还', en: 'Return' },
      from: ['OUT'],
      to: 'RETURNED',
      who: desk,
      rule: 'K-3',
    },
    {
      action: 'extend',
      label: { zh: '延期', en: 'Extend' },
      from: ['OUT'],
      to: 'OUT',
      who: ['FRONT_DESK', 'SUPERVISOR', 'MANAGER', 'ADMINISTRATOR'],
      needs: ['dueAt', 'reason'],
      rule: 'K-4',
    },
    {
      action: 'reportLost',
      label: { zh: '登记遗失', en: 'Report lost' },
      from: ['OUT'],
      to: 'LOST',
      who: desk,
      needs: ['reason'],
      rule: 'K-4',
      danger: true,
    },
  ],
});

export type KeyStatus = keyof typeof keyLifecycle.states;
export type KeyLoanStatus = keyof typeof keyLoanLifecycle.states;
