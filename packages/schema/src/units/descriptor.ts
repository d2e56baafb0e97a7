import { resource } from '../descriptor.ts';
import { unitKinds } from './enums.ts';
import { unitLifecycle } from './lifecycle.ts';

export const organisationDescriptor = resource({
  name: 'organisations',
  type: 'Organisation',
  resource: 'organisation',
  idPrefix: 'org',
  scope: 'organisation',
  label: { zh: '物业公司', en: 'Organisation' },
  plural: { zh: '物业公司', en: 'Organisations' },
  represent: 'name',
  defaultSort: { field: 'name', direction: 'ASC' },
  menu: false,
  fields: { name: { label: { zh: '名称', en: 'Name' }, list: true, sort: true } },
});

export const communityDescriptor = resource({
  name: 'communities',
  type: 'Community',
  resource: 'community',
  idPrefix: 'community',
  scope: 'community',
  label: { zh: '小区', en: 'Community' },
  plural: { zh: '小区', en: 'Communities' },
  represent: 'name',
  defaultSort: { field: 'code', direction: 'ASC' },
  create: 'communityCreate',
  update: 'communityUpdate',
  fields: {
    code: { label: { zh: '编码', en: 'Code' }, list: true, filter: true, sort: true },
    name: { label: { zh: '名称', en: 'Name' }, list: true, filter: true, sort: true },
    address: { label: { zh: '地址', en: 'Address' }, list: true },
    timeZone: {
      label: { zh: '时区', en: 'Time zone' },
      help: { zh: 'IANA 时区，如 Asia/Shanghai', en: 'IANA zone, for example Asia/Shanghai' },
    },
    currency: {
      label: { zh: '币种', en: 'Currency' },
      help: { zh: 'ISO 4217，如 CNY', en: 'ISO 4217, for example CNY' },
    },
  },
  related: { buildings: 'buildings' },
});

export const buildingDescriptor = resource({
  name: 'buildings',
  type: 'Building',
  resource: 'building',
  idPrefix: 'building',
  scope: 'building',
  label: { zh: '楼栋', en: 'Building' },
  plural: { zh: '楼栋', en: 'Buildings' },
  represent: 'name',
  defaultSort: { field: 'name', direction: 'ASC' },
  create: 'buildingCreate',
  update: 'buildingUpdate',
  search: { zh: '楼栋名称', en: 'Building name' },
  fields: {
    community: { label: { zh: '小区', en: 'Community' }, list: true, filter: true, reference: 'communities' },
    name: { label: { zh: '名称', en: 'Name' }, list: true, filter: true, sort: true },
    floors: { label: { zh: '层数', en: 'Floors' }, list: true, sort: true },
    handoverOn: {
      label: { zh: '首次交房日', en: 'First handover' },
      help: { zh: '装修时段规则 R-07 由此起算', en: 'Renovation hours count from here (R-07)' },
      list: true,
    },
  },
  related: { units: 'units' },
});

export const unitDescriptor = resource({
  name: 'units',
  type: 'Unit',
  resource: 'unit',
  idPrefix: 'unit',
  scope: 'building',
  label: { zh: '房屋', en: 'Unit' },
  plural: { zh: '房屋', en: 'Units' },
  represent: 'fullName',
  defaultSort: { field: 'fullName', direction: 'ASC' },
  create: 'unitCreate',
  update: 'unitUpdate',
  search: { zh: '房号、楼栋', en: 'Unit number, building' },
  lifecycle: unitLifecycle,
  groups: {
    main: { zh: '房屋', en: 'Unit' },
    more: { zh: '其他', en: 'More' },
  },
  fields: {
    community: { label: { zh: '小区', en: 'Community' }, filter: true, reference: 'communities' },
    building: {
      label: { zh: '楼栋', en: 'Building' },
      list: true,
      filter: true,
      reference: 'buildings',
      import: ['楼栋', '楼号', '栋', 'xiaoqu', 'building'],
    },
    number: {
      label: { zh: '房号', en: 'Number' },
      filter: true,
      sort: true,
      import: ['房间号', '门牌', 'room', 'unit'],
    },
    fullName: { label: { zh: '房屋', en: 'Unit' }, list: true, sort: true },
    kind: {
      label: { zh: '类型', en: 'Kind' },
      list: true,
      filter: true,
      values: unitKinds,
      import: ['用途', 'type'],
    },
    status: {
      label: { zh: '状态', en: 'Status' },
      list: true,
      filter: true,
      values: unitLifecycle.states,
      import: [],
    },
    floor: { label: { zh: '楼层', en: 'Floor' }, list: true, sort: true, import: ['层', 'level'] },
    area: {
      label: { zh: '建筑面积 (m²)', en: 'Area (m²)' },
      help: { zh: '平方米，两位小数', en: 'Square metres, two decimals' },
      list: true,
      filter: true,
      sort: true,
      import: ['面积', '建筑面积', 'meters', 'sqm', 'size'],
    },
    underRenovation: { label: { zh: '装修中', en: 'Under renovation' }, list: true, filter: true },
    layout: { label: { zh: '户型', en: 'Layout' }, group: 'more', import: ['zone', '房型'] },
    orientation: {
      label: { zh: '朝向', en: 'Orientation' },
      group: 'more',
      import: ['directon', 'direction'],
    },
    note: {
      label: { zh: '备注', en: 'Note' },
      group: 'more',
      multiline: true,
      import: ['说明', 'house_name', 'remark', 'comment'],
    },
    externalKey: {
      label: { zh: '外部编号', en: 'External key' },
      help: { zh: '来源系统中的编号，小区内唯一', en: "The source system's key, unique in the community" },
      group: 'more',
      import: ['外部编码', 'key'],
    },
  },
  related: {
    residencies: 'residencies',
    tickets: 'tickets',
    fees: 'fees',
    renovationPermits: 'renovationPermits',
    keys: 'keys',
    keyLoans: 'keyLoans',
  },
});
