import type {Texts} from './en.ts';

export const de: Texts = {
  labels: {
    cardNumber: 'Kartennummer',
    expiry: 'Ablaufdatum',
    securityCode: 'Prüfnummer (CVC)',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / JJ',
    securityCode: '3 Ziffern',
  },
  fourDigits: '4 Ziffern',
  problems: {
    cardNumber: {
      required: 'Bitte Kartennummer eingeben.',
      incomplete: 'Die Kartennummer ist zu kurz.',
      invalid: 'Bitte prüfen Sie die Kartennummer.',
      'brand-refused': 'Karte nicht akzeptiert. Bitte andere verwenden.',
    },
    expiry: {
      required: 'Bitte Ablaufdatum eingeben.',
      incomplete: 'Bitte als MM / JJ eingeben.',
      invalid: 'Bitte Monat 01–12 eingeben.',
      past: 'Diese Karte ist abgelaufen.',
      'too-far': 'Das Jahr liegt zu weit voraus.',
    },
    securityCode: {
      required: 'Bitte Prüfnummer eingeben.',
      incomplete: 'Die Prüfnummer ist zu kurz.',
      invalid: 'Die Prüfnummer ist zu lang.',
    },
  },
  faults: (count) => `Bitte prüfen Sie ${count} Felder.`,
  unsealed:
    'Ihre Angaben konnten nicht verschlüsselt werden. Es wurde nichts gesendet. Bitte versuchen Sie es noch einmal.',
};
