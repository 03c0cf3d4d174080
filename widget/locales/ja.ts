import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `安全なお支払い：${labels.join('、')}`,
  labels: {
    cardNumber: 'カード番号',
    expiry: '有効期限',
    securityCode: 'セキュリティコード',
    routingNumber: 'ルーティング番号（ABA）',
    accountNumber: '口座番号',
    accountNumberConfirmation: '口座番号（再入力）',
    accountType: '口座の種類',
    cardholderName: 'カード名義人',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: '月 / 年',
    securityCode: '3桁の数字',
    routingNumber: '9桁の数字',
    accountNumber: '4〜17桁の数字',
  },
  fourDigits: '4桁の数字',
  securityCodePlaces: {
    back: 'カード裏面の署名欄の右端にあります。',
    front: 'カード表面のカード番号の上にあります。',
  },
  problems: {
    cardNumber: {
      required: 'カード番号を入力してください。',
      incomplete: 'カード番号の桁数が足りません。',
      invalid: 'カード番号をご確認ください。',
      'brand-refused': 'このカードはご利用いただけません。別のカードをお試しください。',
    },
    expiry: {
      required: '有効期限を入力してください。',
      incomplete: '「月 / 年」の形式で入力してください。',
      invalid: '月は01〜12で入力してください。',
      past: '有効期限が切れています。',
      'too-far': '年が先すぎます。ご確認ください。',
    },
    securityCode: {
      required: 'セキュリティコードを入力してください。',
      incomplete: 'セキュリティコードの桁数が足りません。',
      invalid: 'セキュリティコードの桁数が多すぎます。',
    },
    routingNumber: {
      required: 'ルーティング番号を入力してください。',
      incomplete: '桁数が足りません。ルーティング番号は9桁です。',
      'too-long': '桁数が多すぎます。ルーティング番号は9桁です。',
      'unknown-prefix': 'この数字で始まるルーティング番号はありません。',
      invalid: 'ルーティング番号をご確認ください。',
    },
    accountNumber: {
      required: '口座番号を入力してください。',
      incomplete: '口座番号の桁数が足りません。',
      'too-long': '口座番号の桁数が多すぎます。',
    },
    accountNumberConfirmation: {
      required: '口座番号をもう一度入力してください。',
      incomplete: '末尾の数字が足りません。',
      mismatch: '口座番号が一致しません。',
    },
    cardholderName: {
      required: 'カード名義人を入力してください。',
      invalid: 'カードの表記どおりに入力してください。',
      'too-long': '名義人の文字数が多すぎます。',
    },
  },
  accountTypes: {checking: 'チェッキング（当座）', savings: 'セービング（普通）'},
  show: '表示',
  hide: '非表示',
  problemCount: (count) => `${count}か所の入力をご確認ください。`,
  sealFailed: '入力内容を暗号化できませんでした。情報は送信されていません。もう一度お試しください。',
  focusTaken:
    '入力した内容の一部が、このページの別の場所に送られた可能性があります。お支払いの前に入力内容をご確認ください。',
};
