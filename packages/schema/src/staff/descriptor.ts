import { resource } from '../descriptor.ts';
import { type Role, roleNames, roles } from '../roles.ts';

/** E-mail addresses of colleagues are for administrators. */
const hidden = Object.fromEntries(
  roleNames.filter((role) => role !== 'ADMINISTRATOR').map((role) => [role, ['email']]),
) as Partial<Record<Role, readonly string[]>>;

export const staffDescriptor = resource({
  name: 'staffMembers',
  type: 'Staff',
  resource: 'staff',
  idPrefix: 'staff',
  scope: 'organisation',
  label: { zh: '员工', en: 'Staff member' },
  plural: { zh: '员工', en: 'Staff' },
  represent: 'name',
  defaultSort: { field: 'name', direction: 'ASC' },
  create: 'staffCreate',
  update: 'staffUpdate',
  search: { zh: '姓名', en: 'Name' },
  hidden,
  fields: {
    name: { label: { zh: '姓名', en: 'Name' }, list: true, filter: true, sort: true },
    email: {
      label: { zh: '邮箱', en: 'E-mail' },
      help: { zh: '用于登录', en: 'Signs in with it' },
      list: true,
      filter: true,
      sort: true,
      personal: true,
    },
    access: { label: { zh: '岗位与范围', en: 'Roles and places' }, values: roles },
    roles: { label: { zh: '岗位', en: 'Roles' }, list: true, values: roles },
    assignments: {
      label: { zh: '岗位分配', en: 'Role assignments' },
      help: {
        zh: '不选小区表示整个公司；楼栋专员可限定楼栋',
        en: 'No community means the whole organisation; stewards may be limited to buildings',
      },
    },
    active: { label: { zh: '在职', en: 'Active' }, list: true, filter: true },
    password: {
      label: { zh: '初始密码', en: 'First password' },
      help: { zh: '至少 10 个字符', en: 'At least 10 characters' },
    },
    passwordSetAt: { label: { zh: '密码设置时间', en: 'Password set' } },
  },
  actions: {
    setPassword: { mutation: 'staffSetPassword', label: { zh: '重设密码', en: 'Set password' } },
  },
});

export const apiTokenDescriptor = resource({
  name: 'apiTokens',
  type: 'ApiToken',
  resource: 'apiToken',
  idPrefix: 'token',
  scope: 'organisation',
  label: { zh: '访问令牌', en: 'API token' },
  plural: { zh: '访问令牌', en: 'API tokens' },
  represent: 'name',
  defaultSort: { field: 'createdAt', direction: 'DESC' },
  create: 'apiTokenCreate',
  fields: {
    name: { label: { zh: '名称', en: 'Name' }, list: true, filter: true, sort: true },
    role: { label: { zh: '角色', en: 'Role' }, list: true, filter: true, values: roles },
    community: {
      label: { zh: '小区', en: 'Community' },
      help: { zh: '不选表示整个公司', en: 'None means the whole organisation' },
      list: true,
      filter: true,
      reference: 'communities',
    },
    lastFour: { label: { zh: '末四位', en: 'Last four' }, list: true },
    expiresAt: { label: { zh: '有效期至', en: 'Expires' }, list: true, filter: true, sort: true },
    lastUsedAt: { label: { zh: '最近使用', en: 'Last used' }, list: true, sort: true },
    revokedAt: { label: { zh: '撤销时间', en: 'Revoked' }, list: true, filter: true },
    createdBy: { label: { zh: '创建人', en: 'Created by' } },
  },
  actions: {
    revoke: { mutation: 'apiTokenRevoke', label: { zh: '撤销', en: 'Revoke' }, danger: true },
  },
});
