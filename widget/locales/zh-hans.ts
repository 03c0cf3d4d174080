import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `安全支付：${labels.join('、')}`,
  labels: {
    cardNumber: '卡号',
    expiry: '有效期',
    securityCode: '安全码',
    routingNumber: '银行路由号码（ABA）',
    accountNumber: '银行账号',
    accountNumberConfirmation: '再次输入银行账号',
    accountType: '账户类型',
    cardholderName: '持卡人姓名',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: '月 / 年',
    securityCode: '3 位数字',
    routingNumber: '9 位数字',
    accountNumber: '4 至 17 位数字',
  },
  fourDigits: '4 位数字',
  securityCodePlaces: {
    back: '在卡片背面签名栏的末尾。',
    front: '在卡片正面卡号的上方。',
  },
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
      'too-far': '年份过远，请核对。',
    },
    securityCode: {
      required: '请输入安全码。',
      incomplete: '安全码位数不足。',
      invalid: '安全码位数过多。',
    },
    routingNumber: {
      required: '请输入路由号码。',
      incomplete: '位数不足，路由号码应为 9 位数字。',
      'too-long': '位数过多，路由号码应为 9 位数字。',
      'unknown-prefix': '没有以这些数字开头的路由号码。',
      invalid: '路由号码有误，请核对。',
    },
    accountNumber: {
      required: '请输入银行账号。',
      incomplete: '银行账号位数不足。',
      'too-long': '银行账号位数过多。',
    },
    accountNumberConfirmation: {
      required: '请再次输入银行账号。',
      incomplete: '末尾缺少数字。',
      mismatch: '两次输入的银行账号不一致。',
    },
    cardholderName: {
      required: '请输入持卡人姓名。',
      invalid: '请按卡上所示输入姓名。',
      'too-long': '姓名过长。',
    },
  },
  accountTypes: {checking: '支票账户', savings: '储蓄账户'},
  show: '显示',
  hide: '隐藏',
  problemCount: (count) => `有 ${count} 项需要更正。`,
  sealFailed: '您的信息加密失败，未发送任何内容。请重试。',
  focusTaken: '您输入的部分内容可能进入了此页面的其他位置。付款前请检查您的信息。',
};
