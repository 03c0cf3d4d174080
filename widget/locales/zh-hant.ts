import type {Texts} from './en.ts';

export const zhHant: Texts = {
  labels: {
    cardNumber: '卡號',
    expiry: '有效期限',
    securityCode: '安全碼',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: '月 / 年',
    securityCode: '3 位數字',
  },
  fourDigits: '4 位數字',
  problems: {
    cardNumber: {
      required: '請輸入卡號。',
      incomplete: '卡號位數不足。',
      invalid: '卡號有誤，請再次確認。',
      'brand-refused': '不接受此卡，請改用其他卡片。',
    },
    expiry: {
      required: '請輸入有效期限。',
      incomplete: '請依「月 / 年」格式輸入。',
      invalid: '月份須為 01 至 12。',
      past: '此卡已過期。',
      'too-far': '年份過大，請再次確認。',
    },
    securityCode: {
      required: '請輸入安全碼。',
      incomplete: '安全碼位數不足。',
      invalid: '安全碼位數過多。',
    },
  },
  faults: (count) => `有 ${count} 個欄位需要更正。`,
  unsealed: '無法加密您的資料，因此並未傳送任何內容，請再試一次。',
};
