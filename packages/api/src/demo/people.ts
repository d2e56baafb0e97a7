import type { Random } from './random.ts';

// Made names: common surnames and given names put together by chance; rare surnames and long names test the screen.
const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕',
  '欧阳',
  '上官',
  '司徒',
  '龘',
  '仉',
];
const given = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '勇',
  '艳',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '秀兰',
  '霞',
  '平',
  '建国',
  '桂英',
  '子涵',
  '浩然',
  '雨桐',
  '思远',
  '嘉怡',
  '一诺',
  '宇轩',
  '梓萱',
];
const companies = [
  '远帆科技有限公司',
  '锦程贸易有限公司',
  '一品鲜餐饮管理（北京）有限责任公司第二十三分店',
  '恒信会计师事务所',
  '小橘灯教育咨询有限公司',
];

export const personName = (random: Random): string => random.pick(surnames) + random.pick(given);
export const companyName = (index: number): string => companies[index % companies.length] ?? '';

/** A number from the range that is assigned to nobody in public examples of mobile numbers. */
export const phone = (random: Random): string => `199${String(10_000_000 + random.below(89_999_999))}`;

export interface Matter {
  kind: string;
  category: string;
  title: string;
  description: string;
  department: string;
  resolution: string;
}

/** What residents call about. */
export const matters: readonly Matter[] = [
  {
    kind: 'REPAIR_UNIT',
    category: '给排水',
    title: '厨房水槽下水管漏水',
    description: '水槽下方橱柜内有积水，住户已关闭角阀。',
    department: 'ENGINEERING',
    resolution: '更换下水软管和密封圈，通水测试无渗漏。',
  },
  {
    kind: 'REPAIR_UNIT',
    category: '供电',
    title: '客厅空气开关频繁跳闸',
    description: '开空调后约五分钟跳闸。',
    department: 'ENGINEERING',
    resolution: '空调专用回路端子松动，已紧固并测温正常。',
  },
  {
    kind: 'REPAIR_PUBLIC',
    category: '电梯',
    title: '2号电梯按钮不亮',
    description: '一层外呼按钮背光不亮，可正常使用。',
    department: 'ENGINEERING',
    resolution: '更换按钮灯板。',
  },
  {
    kind: 'REPAIR_PUBLIC',
    category: '照明',
    title: '楼道感应灯不亮',
    description: '安全出口一侧感应灯不亮。',
    department: 'ENGINEERING',
    resolution: '更换感应灯，亮度正常。',
  },
  {
    kind: 'COMPLAINT',
    category: '噪音',
    title: '楼上装修午休时间施工',
    description: '中午12点半仍有电钻声。',
    department: 'SECURITY',
    resolution: '已现场制止并告知装修时段，施工方书面承诺。',
  },
  {
    kind: 'COMPLAINT',
    category: '环境',
    title: '垃圾桶旁污水异味',
    description: '清运后地面未冲洗。',
    department: 'ENVIRONMENT',
    resolution: '已冲洗消毒，调整清运后冲洗频次。',
  },
  {
    kind: 'INQUIRY',
    category: '收费',
    title: '咨询物业费缴纳方式',
    description: '询问是否支持微信缴费。',
    department: 'CUSTOMER_SERVICE',
    resolution: '已说明前台、转账和微信三种方式。',
  },
  {
    kind: 'SUGGESTION',
    category: '设施',
    title: '建议增加电动车充电位',
    description: '3栋车棚充电位不足。',
    department: 'MANAGEMENT',
    resolution: '已列入下季度改造计划并答复住户。',
  },
  {
    kind: 'HELP',
    category: '应急',
    title: '老人独居，家中无人应答',
    description: '家属在外地，电话求助上门查看。',
    department: 'SECURITY',
    resolution: '上门确认老人平安，已联系家属。',
  },
  {
    kind: 'ERRAND',
    category: '代办',
    title: '代收快递并送上门',
    description: '住户出差，请代收两件快递。',
    department: 'CUSTOMER_SERVICE',
    resolution: '已代收并送达，住户签收。',
  },
];
