import type {Texts} from './en.ts';

export const tr: Texts = {
  labels: {
    cardNumber: 'Kart numarası',
    expiry: 'Son kullanma tarihi',
    securityCode: 'Güvenlik kodu',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'AA / YY',
    securityCode: '3 rakam',
  },
  fourDigits: '4 rakam',
  problems: {
    cardNumber: {
      required: 'Kart numarasını girin.',
      incomplete: 'Kart numarası çok kısa.',
      invalid: 'Kart numarasını kontrol edin.',
      'brand-refused': 'Bu kart kabul edilmiyor. Başka bir kart girin.',
    },
    expiry: {
      required: 'Son kullanma tarihini girin.',
      incomplete: 'AA / YY biçiminde girin.',
      invalid: '01–12 arası bir ay girin.',
      past: 'Bu kartın süresi dolmuş.',
      'too-far': 'Yıl çok ileride, kontrol edin.',
    },
    securityCode: {
      required: 'Güvenlik kodunu girin.',
      incomplete: 'Güvenlik kodu çok kısa.',
      invalid: 'Güvenlik kodu çok uzun.',
    },
  },
  faults: (count) => `${count} alanı düzeltmeniz gerekiyor.`,
  unsealed:
    'Bilgileriniz güvenli gönderim için şifrelenemedi. Hiçbir şey gönderilmedi, lütfen tekrar deneyin.',
};
