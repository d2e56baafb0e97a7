import { calls } from './domains/calls/index.ts';
import { fees } from './domains/fees/index.ts';
import { files } from './domains/files/index.ts';
import { imports } from './domains/imports/index.ts';
import { keys } from './domains/keys/index.ts';
import { notices } from './domains/notices/index.ts';
import { notifications } from './domains/notifications/index.ts';
import { permits } from './domains/permits/index.ts';
import { policies } from './domains/policies/index.ts';
import { reports } from './domains/reports/index.ts';
import { residents } from './domains/residents/index.ts';
import { staff } from './domains/staff/index.ts';
import { tickets } from './domains/tickets/index.ts';
import { units } from './domains/units/index.ts';
import { views } from './domains/views/index.ts';
import type { Domain } from './platform/domain.ts';

/** All domains of the product, in the order of their dependencies. */
export const domains: readonly Domain[] = [
  units,
  residents,
  staff,
  policies,
  notifications,
  files,
  tickets,
  fees,
  permits,
  keys,
  calls,
  notices,
  views,
  reports,
  imports,
];
