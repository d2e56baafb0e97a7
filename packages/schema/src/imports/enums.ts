import type { Text } from '../text.ts';

/** What files can fill. */
export const importResources = {
  UNITS: { zh: '房屋', en: 'Units' },
  RESIDENTS: { zh: '住户', en: 'Residents' },
  TICKETS: { zh: '工单', en: 'Tickets' },
} as const satisfies Record<string, Text>;
export type ImportResource = keyof typeof importResources;

/** Where an import stands. It can be run again from every status but RUNNING and DONE. */
export const importStatuses = {
  UPLOADED: { zh: '已上传', en: 'Uploaded' },
  RUNNING: { zh: '进行中', en: 'Running' },
  CHECKED: { zh: '已检查', en: 'Checked' },
  DONE: { zh: '已导入', en: 'Imported' },
  REJECTED: { zh: '有错误，未导入', en: 'Rejected' },
  FAILED: { zh: '失败', en: 'Failed' },
} as const satisfies Record<string, Text>;
export type ImportStatus = keyof typeof importStatuses;

export const problemSeverities = {
  ERROR: { zh: '错误', en: 'Error' },
  SKIPPED: { zh: '跳过', en: 'Skipped' },
  NOTICE: { zh: '提示', en: 'Notice' },
} as const satisfies Record<string, Text>;
export type ProblemSeverity = keyof typeof problemSeverities;
