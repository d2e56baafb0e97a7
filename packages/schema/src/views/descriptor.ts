import { resource } from '../descriptor.ts';
import { roles } from '../roles.ts';

export const savedViewDescriptor = resource({
  name: 'savedViews',
  type: 'SavedView',
  resource: 'savedView',
  idPrefix: 'view',
  scope: 'community',
  label: { zh: '保存的视图', en: 'Saved view' },
  plural: { zh: '保存的视图', en: 'Saved views' },
  represent: 'name',
  defaultSort: { field: 'name', direction: 'ASC' },
  create: 'savedViewCreate',
  update: 'savedViewUpdate',
  // The desk that a view belongs to offers it; a list of all of them serves nobody.
  menu: false,
  fields: {
    community: { label: { zh: '小区', en: 'Community' }, filter: true, reference: 'communities' },
    name: {
      label: { zh: '名称', en: 'Name' },
      list: true,
      filter: true,
      sort: true,
    },
    owner: { label: { zh: '创建人', en: 'Owner' }, list: true, filter: true, reference: 'staffMembers' },
    resource: {
      label: { zh: '适用列表', en: 'List' },
      help: { zh: '例如 tickets', en: 'Name of the resource, for example tickets' },
      list: true,
      filter: true,
    },
    sharedWith: {
      label: { zh: '共享给岗位', en: 'Shared with roles' },
      help: {
        zh: '由主管及以上共享；不选则只有本人可见',
        en: 'Shared by supervisors and above; only you see it when empty',
      },
      list: true,
      values: roles,
    },
    // What somebody looks for may name a resident: the history keeps that it changed, not what it says.
    filter: {
      label: { zh: '筛选条件', en: 'Filter' },
      help: { zh: 'GraphQL 筛选条件的 JSON', en: "The resource's GraphQL filter as JSON" },
      multiline: true,
      personal: true,
    },
    sort: { label: { zh: '排序字段', en: 'Sorted by' } },
    descending: { label: { zh: '降序', en: 'Descending' } },
    columns: { label: { zh: '列', en: 'Columns' } },
  },
  actions: {
    remove: { mutation: 'savedViewRemove', label: { zh: '删除视图', en: 'Remove the view' }, danger: true },
  },
});
