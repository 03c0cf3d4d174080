import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `安全付款：${labels.join('、')}`,
  labels: {
    cardNumber: '卡號',
    expiry: '有效期限',
    securityCode: '安全碼',
    routingNumber: '銀行路由號碼（ABA）',
    accountNumber: '銀行帳號',
    accountNumberConfirmation: '再次輸入銀行帳號',
    accountType: '帳戶類型',
    cardholderName: '持卡人姓名',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: '月 / 年',
    securityCode: '3 位數字',
    routingNumber: '9 位數字',
    accountNumber: '4 至 17 位數字',
  },
  fourDigits: '4 位數字',
  securityCodePlaces: {
    back: '在卡片背面簽名欄的末端。',
    front: '在卡片正面卡號的上方。',
  },
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
      'too-far': '年份過遠，請再次確認。',
    },
    securityCode: {
      required: '請輸入安全碼。',
      incomplete: '安全碼位數不足。',
      invalid: '安全碼位數過多。',
    },
    routingNumber: {
      required: '請輸入路由號碼。',
      incomplete: '位數不足，路由號碼須為 9 位數字。',
      'too-long': '位數過多，路由號碼須為 9 位數字。',
      'unknown-prefix': '沒有以這些數字開頭的路由號碼。',
      invalid: '路由號碼有誤，請再次確認。',
    },
    accountNumber: {
      required: '請輸入銀行帳號。',
      incomplete: '銀行帳號位數不足。',
      'too-long': '銀行帳號位數過多。',
    },
    accountNumberConfirmation: {
      required: '請再次輸入銀行帳號。',
      incomplete: '末尾缺少數字。',
      mismatch: '兩次輸入的銀行帳號不一致。',
    },
    cardholderName: {
      required: '請輸入持卡人姓名。',
      invalid: '請依卡片上所示輸入姓名。',
      'too-long': '姓名過長。',
    },
  },
  accountTypes: {checking: '支票帳戶', savings: '儲蓄帳戶'},
  show: '顯示',
  hide: '隱藏',
  problemCount: (count) => `有 ${count} 個欄位需要更正。`,
  sealFailed: '無法加密您的資料，因此並未傳送任何內容。請再試一次。',
  focusTaken: '您輸入的部分內容可能進入了此頁面的其他位置。付款前請檢查您的資料。',
};
