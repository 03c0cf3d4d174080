import type {Texts} from './en.ts';

export const ja: Texts = {
  labels: {
    cardNumber: 'カード番号',
    expiry: '有効期限',
    securityCode: 'セキュリティコード',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: '月 / 年',
    securityCode: '3桁の数字',
  },
  fourDigits: '4桁の数字',
  problems: {
    cardNumber: {
      required: 'カード番号を入力してください。',
      incomplete: 'カード番号の桁数が足りません。',
      invalid: 'カード番号をご確認ください。',
      'brand-refused': '非対応のカードです。別のカードをご利用ください。',
    },
    expiry: {
      required: '有効期限を入力してください。',
      incomplete: '月 / 年で入力してください。',
      invalid: '月は01から12までです。',
      past: '有効期限が切れています。',
      'too-far': '年をご確認ください。',
    },
    securityCode: {
      required: 'コードを入力してください。',
      incomplete: 'コードの桁数が足りません。',
      invalid: 'コードの桁数が多すぎます。',
    },
  },
  faults: (count) => `${count}か所の入力をご確認ください。`,
  unsealed: '入力内容を暗号化できませんでした。情報は送信されていません。もう一度お試しください。',
};
