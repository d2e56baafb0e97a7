import { lifecycle } from '../lifecycle.ts';

/** Unit status (handbook U-1): vacant → handover → occupied → moved out → vacant. */
export const unitLifecycle = lifecycle({
  states: {
    VACANT: { zh: '空置', en: 'Vacant' },
    HANDOVER: { zh: '交房', en: 'Handover' },
    OCCUPIED: { zh: '入住', en: 'Occupied' },
    MOVED_OUT: { zh: '已迁出', en: 'Moved out' },
  },
  initial: 'VACANT',
  final: [],
  moves: [
    {
      action: 'startHandover',
      label: { zh: '开始交房', en: 'Start handover' },
      from: ['VACANT'],
      to: 'HANDOVER',
      who: ['FRONT_DESK', 'STEWARD', 'SUPERVISOR', 'MANAGER', 'ADMINISTRATOR'],
      rule: 'U-1',
    },
    {
      action: 'moveIn',
      label: { zh: '办理入住', en: 'Move in' },
      from: ['HANDOVER'],
      to: 'OCCUPIED',
      who: ['FRONT_DESK', 'STEWARD', 'SUPERVISOR', 'MANAGER', 'ADMINISTRATOR'],
      rule: 'H-1',
    },
    {
      action: 'moveOut',
      label: { zh: '办理迁出', en: 'Move out' },
      from: ['OCCUPIED'],
      to: 'MOVED_OUT',
      who: ['FRONT_DESK', 'STEWARD', 'SUPERVISOR', 'MANAGER', 'ADMINISTRATOR'],
      rule: 'H-3',
      danger: true,
    },
    {
      action: 'release',
      label: { zh: '转为空置', en: 'Release as vacant' },
      from: ['MOVED_OUT', 'HANDOVER'],
      to: 'VACANT',
      who: ['STEWARD', 'SUPERVISOR', 'MANAGER', 'ADMINISTRATOR'],
      rule: 'U-1',
    },
  ],
});

export type UnitStatus = keyof typeof unitLifecycle.states;
export type UnitAction = (typeof unitLifecycle.moves)[number]['action'];
