import { lazy } from 'react';
import type { Values } from '../../platform/mutations.ts';
import type { ActionForm } from '../../ui/actionForms.ts';
import { blankLine, contentOf, type QuoteLine, totalOf } from './amounts.ts';
import { blankMatter, isMatter } from './matters.ts';
import { formTexts } from './texts.ts';

const another = () => import('./AnotherTicket.tsx');

const clocks = () => import('./ClockFields.tsx');
const dispatch: ActionForm = {
  Fields: lazy(async () => ({ default: (await import('./DispatchFields.tsx')).DispatchFields })),
};
const running: ActionForm = {
  Fields: lazy(async () => ({ default: (await clocks()).RunningClockFields })),
};

/** Acts of a ticket that are more than one line for each input. */
export const ticketForms: Record<string, ActionForm> = {
  dispatch,
  transfer: dispatch,
  postpone: running,
  pauseClock: running,
  resumeClock: { Fields: lazy(async () => ({ default: (await clocks()).PausedClockFields })) },
  track: { labels: { words: formTexts.standing, told: formTexts.toldResident } },
  merge: { Fields: lazy(async () => ({ default: (await another()).MergeFields })) },
  linkIncident: { Fields: lazy(async () => ({ default: (await another()).IncidentFields })) },
  split: {
    Fields: lazy(async () => ({ default: (await import('./SplitFields.tsx')).SplitFields })),
    begin: ({ kind }) => ({ parts: [blankMatter(kind)] }),
    sent: ({ parts, ...rest }) => ({ ...rest, parts: (parts as Values[]).filter(isMatter) }),
    wide: true,
  },
};

export const itemForms: Record<string, ActionForm> = {
  create: {
    Fields: lazy(async () => ({ default: (await import('./ItemFields.tsx')).ItemFields })),
    begin: () => ({ kind: 'MATERIAL', quantity: '1', fit: '' }),
    // Not looked at yet is neither fit nor unfit.
    sent: ({ fit, ...rest }) => ({
      ...rest,
      ...(rest.residentOwned === true && fit !== '' && { fit: fit === 'true' }),
    }),
    again: formTexts.again,
  },
};

export const quoteForms: Record<string, ActionForm> = {
  create: {
    Fields: lazy(async () => ({ default: (await import('./QuoteFields.tsx')).QuoteFields })),
    // A visit that is agreed already is the order's time, unless it has passed.
    begin: ({ appointmentAt }) => ({
      ...{ lines: [blankLine()], remark: '' },
      visitAt: Date.parse(String(appointmentAt)) > Date.now() ? appointmentAt : '',
    }),
    sent: ({ visitAt, ...values }) => {
      const lines = values.lines as QuoteLine[];
      const content = contentOf(lines, String(values.remark ?? ''));
      return { content, price: totalOf(lines) ?? '', visitAt };
    },
    apart: true,
    wide: true,
  },
};
