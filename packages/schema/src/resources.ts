import { callRecordDescriptor } from './calls/descriptor.ts';
import type { ResourceDescriptor } from './descriptor.ts';
import {
  chargeStandardDescriptor,
  feeDescriptor,
  feeRunDescriptor,
  paymentAllocationDescriptor,
  paymentDescriptor,
  receiptDescriptor,
} from './fees/descriptor.ts';
import { importDescriptor, importProblemDescriptor } from './imports/descriptor.ts';
import { keyCopyDescriptor, keyDescriptor, keyLoanDescriptor } from './keys/descriptor.ts';
import { noticeDescriptor, noticeRecipientDescriptor } from './notices/descriptor.ts';
import { notificationDescriptor } from './notifications/descriptor.ts';
import { permitDescriptor, permitReviewDescriptor, permitSignatureDescriptor } from './permits/descriptor.ts';
import {
  absenceDescriptor,
  calendarDayDescriptor,
  calendarDescriptor,
  dutyDescriptor,
  policyDescriptor,
} from './policies/descriptor.ts';
import {
  dailyFollowUpDescriptor,
  exportRecordDescriptor,
  monthlyReportDescriptor,
} from './reports/descriptor.ts';
import { residencyDescriptor, residentDescriptor } from './residents/descriptor.ts';
import { residentProfileDescriptor } from './residents/profile.ts';
import { apiTokenDescriptor, staffDescriptor } from './staff/descriptor.ts';
import {
  complaintFormDescriptor,
  ticketCommentDescriptor,
  ticketDescriptor,
  ticketItemDescriptor,
  ticketNoteDescriptor,
  ticketProblemDescriptor,
  ticketQuoteDescriptor,
  ticketRoundDescriptor,
  ticketSignatureDescriptor,
  ticketWatcherDescriptor,
} from './tickets/descriptor.ts';
import {
  buildingDescriptor,
  communityDescriptor,
  organisationDescriptor,
  unitDescriptor,
} from './units/descriptor.ts';
import { savedViewDescriptor } from './views/descriptor.ts';

/** All resources, in the order of the console's menu. */
export const resources: readonly ResourceDescriptor[] = [
  unitDescriptor,
  residentDescriptor,
  ticketDescriptor,
  callRecordDescriptor,
  noticeDescriptor,
  monthlyReportDescriptor,
  feeDescriptor,
  paymentDescriptor,
  feeRunDescriptor,
  chargeStandardDescriptor,
  receiptDescriptor,
  permitDescriptor,
  keyLoanDescriptor,
  keyCopyDescriptor,
  keyDescriptor,
  buildingDescriptor,
  communityDescriptor,
  policyDescriptor,
  calendarDescriptor,
  dutyDescriptor,
  absenceDescriptor,
  staffDescriptor,
  apiTokenDescriptor,
  ticketProblemDescriptor,
  organisationDescriptor,
  ticketItemDescriptor,
  ticketQuoteDescriptor,
  complaintFormDescriptor,
  ticketSignatureDescriptor,
  ticketWatcherDescriptor,
  ticketRoundDescriptor,
  ticketCommentDescriptor,
  ticketNoteDescriptor,
  residencyDescriptor,
  residentProfileDescriptor,
  noticeRecipientDescriptor,
  dailyFollowUpDescriptor,
  exportRecordDescriptor,
  paymentAllocationDescriptor,
  permitReviewDescriptor,
  permitSignatureDescriptor,
  savedViewDescriptor,
  importDescriptor,
  importProblemDescriptor,
  calendarDayDescriptor,
  notificationDescriptor,
];

export const resourceNamed = (name: string): ResourceDescriptor | undefined =>
  resources.find((r) => r.name === name);
export const resourceOfType = (type: string): ResourceDescriptor | undefined =>
  resources.find((r) => r.type === type);
