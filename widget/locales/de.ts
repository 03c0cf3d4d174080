import type {Texts} from './en.ts';

export const de: Texts = {
  labels: {
    cardNumber: 'Kartennummer',
    expiry: 'Ablaufdatum',
    securityCode: 'Prüfnummer (CVC)',
    routingNumber: 'Routing-Nummer (ABA)',
    accountNumber: 'Kontonummer',
    accountNumberConfirmation: 'Kontonummer wiederholen',
    accountType: 'Kontoart',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / JJ',
    securityCode: '3 Ziffern',
    routingNumber: '9 Ziffern',
    accountNumber: '4 bis 17 Ziffern',
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
    routingNumber: {
      required: 'Bitte Routing-Nummer eingeben.',
      incomplete: 'Zu kurz: Eine Routing-Nummer hat 9 Ziffern.',
      'too-long': 'Zu lang: Eine Routing-Nummer hat 9 Ziffern.',
      'unknown-prefix': 'Keine Routing-Nummer beginnt mit diesen Ziffern.',
      invalid: 'Bitte prüfen Sie die Routing-Nummer.',
    },
    accountNumber: {
      required: 'Bitte Kontonummer eingeben.',
      incomplete: 'Die Kontonummer ist zu kurz.',
      'too-long': 'Die Kontonummer ist zu lang.',
    },
    accountNumberConfirmation: {
      required: 'Bitte Kontonummer noch einmal eingeben.',
      incomplete: 'Am Ende fehlen noch Ziffern.',
      mismatch: 'Die Kontonummern stimmen nicht überein.',
    },
  },
  accountTypes: {checking: 'Girokonto', savings: 'Sparkonto'},
  show: 'Anzeigen',
  hide: 'Verbergen',
  faults: (count) => `Bitte prüfen Sie ${count} Felder.`,
  unsealed:
    'Ihre Angaben konnten nicht verschlüsselt werden. Es wurde nichts gesendet. Bitte versuchen Sie es noch einmal.',
};
