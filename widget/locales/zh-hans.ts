import type {Texts} from './en.ts';

export const zhHans: Texts = {
  labels: {
    cardNumber: '卡号',
    expiry: '有效期',
    securityCode: '安全码',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: '月 / 年',
    securityCode: '3 位数字',
  },
  fourDigits: '4 位数字',
  problems: {
    cardNumber: {
      required: '请输入卡号。',
      incomplete: '卡号位数不足。',
      invalid: '卡号有误，请核对。',
      'brand-refused': '不支持此卡，请换一张卡。',
    },
    expiry: {
      required: '请输入有效期。',
      incomplete: '请按“月 / 年”格式输入。',
      invalid: '月份应为 01 至 12。',
      past: '此卡已过期。',
      'too-far': '年份过大，请核对。',
    },
    securityCode: {
      required: '请输入安全码。',
      incomplete: '安全码位数不足。',
      invalid: '安全码位数过多。',
    },
  },
  faults: (count) => `有 ${count} 项需要更正。`,
  unsealed: '您的信息加密失败，未发送任何内容，请重试。',
};
