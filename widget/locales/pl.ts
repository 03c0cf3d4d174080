import type {Texts} from './en.ts';

export const pl: Texts = {
  labels: {
    cardNumber: 'Numer karty',
    expiry: 'Data ważności',
    securityCode: 'Kod CVV/CVC',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / RR',
    securityCode: '3 cyfry',
  },
  fourDigits: '4 cyfry',
  problems: {
    cardNumber: {
      required: 'Podaj numer karty.',
      incomplete: 'Numer karty jest za krótki.',
      invalid: 'Sprawdź cyfry numeru karty.',
      'brand-refused': 'Ta karta nie jest akceptowana. Użyj innej.',
    },
    expiry: {
      required: 'Podaj datę ważności.',
      incomplete: 'Wpisz datę jako MM / RR.',
      invalid: 'Podaj miesiąc od 01 do 12.',
      past: 'Ta karta straciła ważność.',
      'too-far': 'Sprawdź rok: zbyt odległy.',
    },
    securityCode: {
      required: 'Podaj kod CVV/CVC.',
      incomplete: 'Kod CVV/CVC jest za krótki.',
      invalid: 'Kod CVV/CVC jest za długi.',
    },
  },
  faults: (count) => `Popraw ${count} pola.`,
  unsealed: 'Nie udało się zabezpieczyć danych przed wysłaniem. Nic nie zostało wysłane. Spróbuj ponownie.',
};
