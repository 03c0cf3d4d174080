import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `Bezpieczna płatność: ${labels.join(', ')}`,
  labels: {
    cardNumber: 'Numer karty',
    expiry: 'Data ważności',
    securityCode: 'Kod CVV/CVC',
    routingNumber: 'Numer ABA (routing number)',
    accountNumber: 'Numer konta',
    accountNumberConfirmation: 'Powtórz numer konta',
    accountType: 'Rodzaj konta',
    cardholderName: 'Imię i nazwisko na karcie',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / RR',
    securityCode: '3 cyfry',
    routingNumber: '9 cyfr',
    accountNumber: 'Od 4 do 17 cyfr',
  },
  fourDigits: '4 cyfry',
  securityCodePlaces: {
    back: 'Na odwrocie karty, na końcu paska na podpis.',
    front: 'Na przodzie karty, nad jej numerem.',
  },
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
      'too-far': 'Sprawdź rok: jest zbyt odległy.',
    },
    securityCode: {
      required: 'Podaj kod CVV/CVC.',
      incomplete: 'Kod CVV/CVC jest za krótki.',
      invalid: 'Kod CVV/CVC jest za długi.',
    },
    routingNumber: {
      required: 'Podaj numer ABA.',
      incomplete: 'Za krótki: numer ABA ma 9 cyfr.',
      'too-long': 'Za długi: numer ABA ma 9 cyfr.',
      'unknown-prefix': 'Żaden numer ABA nie zaczyna się od tych cyfr.',
      invalid: 'Sprawdź cyfry numeru ABA.',
    },
    accountNumber: {
      required: 'Podaj numer konta.',
      incomplete: 'Numer konta jest za krótki.',
      'too-long': 'Numer konta jest za długi.',
    },
    accountNumberConfirmation: {
      required: 'Podaj numer konta jeszcze raz.',
      incomplete: 'Na końcu brakuje cyfr.',
      mismatch: 'Podane numery konta są różne.',
    },
    cardholderName: {
      required: 'Podaj imię i nazwisko z karty.',
      invalid: 'Wpisz imię i nazwisko tak jak na karcie.',
      'too-long': 'Imię i nazwisko są za długie.',
    },
  },
  accountTypes: {checking: 'Czekowe', savings: 'Oszczędnościowe'},
  show: 'Pokaż',
  hide: 'Ukryj',
  problemCount: (count) =>
    count === 1 ? 'Popraw jedno pole.' : `Popraw ${count} ${count < 5 ? 'pola' : 'pól'}.`,
  sealFailed: 'Nie udało się zabezpieczyć danych przed wysłaniem. Nic nie zostało wysłane. Spróbuj ponownie.',
  focusTaken:
    'Część wpisanego tekstu mogła trafić do innej części tej strony. Sprawdź dane przed dokonaniem płatności.',
};
