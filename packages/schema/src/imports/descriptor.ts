import { resource } from '../descriptor.ts';
import { importResources, importStatuses, problemSeverities } from './enums.ts';

export const importDescriptor = resource({
  name: 'imports',
  type: 'Import',
  resource: 'import',
  idPrefix: 'import',
  scope: 'community',
  label: { zh: '导入', en: 'Import' },
  plural: { zh: '导入记录', en: 'Imports' },
  represent: 'fileName',
  defaultSort: { field: 'createdAt', direction: 'DESC' },
  // Reached from the wizard, which also starts new ones.
  menu: false,
  fields: {
    fileName: { label: { zh: '文件', en: 'File' }, list: true },
    resource: {
      label: { zh: '导入内容', en: 'What' },
      list: true,
      filter: true,
      values: importResources,
    },
    community: {
      label: { zh: '小区', en: 'Community' },
      list: true,
      filter: true,
      reference: 'communities',
    },
    status: {
      label: { zh: '状态', en: 'Status' },
      list: true,
      filter: true,
      values: importStatuses,
    },
    dryRun: {
      label: { zh: '仅检查', en: 'Dry run' },
      help: { zh: '只检查，不写入', en: 'Everything is checked, nothing is kept' },
      list: true,
    },
    skipBad: {
      label: { zh: '跳过错误行', en: 'Skip bad rows' },
      help: { zh: '否则有一行错误就全部不导入', en: 'Otherwise one bad row keeps all others out' },
    },
    total: { label: { zh: '总行数', en: 'Rows' } },
    created: { label: { zh: '新建', en: 'Created' }, list: true },
    updated: { label: { zh: '更新', en: 'Updated' }, list: true },
    unchanged: { label: { zh: '无变化', en: 'Unchanged' } },
    skipped: { label: { zh: '跳过', en: 'Skipped' } },
    failed: { label: { zh: '错误', en: 'Failed' }, list: true },
    percent: { label: { zh: '进度 (%)', en: 'Progress (%)' } },
    done: { label: { zh: '已处理行数', en: 'Rows done' } },
    failure: { label: { zh: '失败原因', en: 'Why it failed' } },
    startedAt: { label: { zh: '开始时间', en: 'Started' } },
    finishedAt: { label: { zh: '结束时间', en: 'Finished' } },
    mapping: {
      label: { zh: '列对应关系', en: 'Mapping' },
      help: { zh: 'JSON', en: 'JSON' },
      multiline: true,
    },
  },
  related: { problems: 'importProblems' },
});

export const importProblemDescriptor = resource({
  name: 'importProblems',
  type: 'ImportProblem',
  resource: 'importProblem',
  idPrefix: 'problem',
  scope: 'community',
  label: { zh: '导入问题', en: 'Import problem' },
  plural: { zh: '导入问题', en: 'Import problems' },
  represent: 'row',
  defaultSort: { field: 'row', direction: 'ASC' },
  menu: false,
  fields: {
    community: { label: { zh: '小区', en: 'Community' }, reference: 'communities' },
    import: { label: { zh: '导入', en: 'Import' }, filter: true, reference: 'imports' },
    row: { label: { zh: '行号', en: 'Row' }, list: true, sort: true },
    column: { label: { zh: '列', en: 'Column' }, list: true },
    field: { label: { zh: '字段', en: 'Field' } },
    severity: {
      label: { zh: '程度', en: 'Severity' },
      list: true,
      filter: true,
      values: problemSeverities,
    },
    value: { label: { zh: '内容', en: 'Value' }, list: true },
    message: { label: { zh: '原因', en: 'Reason' }, list: true },
  },
});
