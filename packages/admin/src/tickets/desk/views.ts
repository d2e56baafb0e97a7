import type { ResourceDescriptor, Text } from '@desk/schema';
import { has } from '../../platform/model.ts';
import { currentViewer } from '../../platform/viewer.ts';
import type { RowQuery } from './rows.ts';
import { deskTexts } from './texts.ts';

/** A named choice of tickets. */
export interface DeskView {
  id: string;
  label: Text;
  filter: RowQuery['filter'];
  orderBy?: RowQuery['orderBy'];
}

/** Whether the API counts promises down; where it does not yet, nothing is asked for. */
export const promises = () => has('Ticket', 'nextDueAt');

export const orders: readonly { id: string; label: Text; orderBy: RowQuery['orderBy'] }[] = [
  ...(promises()
    ? [{ id: 'due', label: deskTexts.sortDue, orderBy: { field: 'NEXT_DUE_AT', direction: 'ASC' as const } }]
    : []),
  { id: 'new', label: deskTexts.sortNew, orderBy: { field: 'RECEIVED_AT', direction: 'DESC' } },
  { id: 'old', label: deskTexts.sortOld, orderBy: { field: 'RECEIVED_AT', direction: 'ASC' } },
];

/** The choices that everybody has, in the order of a shift's worries. */
export function builtInViews(owner: ResourceDescriptor): DeskView[] {
  const open = { status: { notIn: owner.lifecycle?.final ?? [] } };
  return [
    { id: 'open', label: deskTexts.open, filter: open },
    ...(promises()
      ? [
          {
            id: 'late',
            label: deskTexts.late,
            filter: { ...open, promiseState: { in: ['AT_RISK', 'BREACHED'] } },
          },
        ]
      : []),
    { id: 'mine', label: deskTexts.mine, filter: { ...open, assignee: { eq: currentViewer()?.id ?? '' } } },
    {
      id: 'waiting',
      label: deskTexts.waiting,
      filter: { status: { in: ['RECEIVED', 'CONFIRMED', 'REWORK'] } },
    },
    { id: 'urgent', label: deskTexts.urgent, filter: { ...open, urgent: { eq: true } } },
    { id: 'callBack', label: deskTexts.callBack, filter: { callBack: { eq: true } } },
    { id: 'all', label: deskTexts.everything, filter: {} },
  ];
}
