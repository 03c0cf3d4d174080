import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `Güvenli ödeme: ${labels.join(', ')}`,
  labels: {
    cardNumber: 'Kart numarası',
    expiry: 'Son kullanma tarihi',
    securityCode: 'Güvenlik kodu',
    routingNumber: 'Yönlendirme numarası (ABA)',
    accountNumber: 'Hesap numarası',
    accountNumberConfirmation: 'Hesap numarası (tekrar)',
    accountType: 'Hesap türü',
    cardholderName: 'Kart üzerindeki isim',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'AA / YY',
    securityCode: '3 hane',
    routingNumber: '9 hane',
    accountNumber: '4–17 hane',
  },
  fourDigits: '4 hane',
  securityCodePlaces: {
    back: 'Kartın arka yüzünde, imza şeridinin sonunda.',
    front: 'Kartın ön yüzünde, kart numarasının üstünde.',
  },
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
    routingNumber: {
      required: 'Yönlendirme numarasını girin.',
      incomplete: 'Yönlendirme numarası çok kısa, 9 haneli olmalı.',
      'too-long': 'Yönlendirme numarası çok uzun, 9 haneli olmalı.',
      'unknown-prefix': 'Bu rakamlarla başlayan yönlendirme numarası yok.',
      invalid: 'Yönlendirme numarasını kontrol edin.',
    },
    accountNumber: {
      required: 'Hesap numarasını girin.',
      incomplete: 'Hesap numarası çok kısa.',
      'too-long': 'Hesap numarası çok uzun.',
    },
    accountNumberConfirmation: {
      required: 'Hesap numarasını tekrar girin.',
      incomplete: 'Sondaki bazı rakamlar eksik.',
      mismatch: 'Hesap numaraları eşleşmiyor.',
    },
    cardholderName: {
      required: 'Kart üzerindeki ismi girin.',
      invalid: 'İsmi kartta yazdığı gibi girin.',
      'too-long': 'İsim çok uzun.',
    },
  },
  accountTypes: {checking: 'Vadesiz', savings: 'Tasarruf'},
  show: 'Göster',
  hide: 'Gizle',
  problemCount: (count) => `${count} alanı düzeltmeniz gerekiyor.`,
  sealFailed:
    'Bilgileriniz güvenli gönderim için şifrelenemedi. Hiçbir şey gönderilmedi, lütfen tekrar deneyin.',
  focusTaken:
    'Yazdıklarınızın bir kısmı bu sayfanın başka bir bölümüne gitmiş olabilir. Ödeme yapmadan önce bilgilerinizi kontrol edin.',
};
