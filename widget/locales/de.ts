import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `Sichere Zahlung: ${labels.join(', ')}`,
  labels: {
    cardNumber: 'Kartennummer',
    expiry: 'Ablaufdatum',
    securityCode: 'Prüfnummer (CVC)',
    routingNumber: 'Routing-Nummer (ABA)',
    accountNumber: 'Kontonummer',
    accountNumberConfirmation: 'Kontonummer wiederholen',
    accountType: 'Kontoart',
    cardholderName: 'Name auf der Karte',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / JJ',
    securityCode: '3 Ziffern',
    routingNumber: '9 Ziffern',
    accountNumber: '4 bis 17 Ziffern',
  },
  fourDigits: '4 Ziffern',
  securityCodePlaces: {
    back: 'Auf der Rückseite der Karte, am Ende des Unterschriftsfelds.',
    front: 'Auf der Vorderseite der Karte, über der Kartennummer.',
  },
  problems: {
    cardNumber: {
      required: 'Bitte Kartennummer eingeben.',
      incomplete: 'Die Kartennummer ist zu kurz.',
      invalid: 'Bitte prüfen Sie die Kartennummer.',
      'brand-refused': 'Diese Karte wird nicht akzeptiert. Bitte verwenden Sie eine andere.',
    },
    expiry: {
      required: 'Bitte Ablaufdatum eingeben.',
      incomplete: 'Bitte als MM / JJ eingeben.',
      invalid: 'Bitte einen Monat von 01 bis 12 eingeben.',
      past: 'Diese Karte ist abgelaufen.',
      'too-far': 'Das Jahr liegt zu weit in der Zukunft.',
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
    cardholderName: {
      required: 'Bitte Namen auf der Karte eingeben.',
      invalid: 'Bitte den Namen so eingeben, wie er auf der Karte steht.',
      'too-long': 'Der Name ist zu lang.',
    },
  },
  accountTypes: {checking: 'Girokonto', savings: 'Sparkonto'},
  show: 'Anzeigen',
  hide: 'Verbergen',
  problemCount: (count) =>
    count === 1 ? 'Bitte prüfen Sie das markierte Feld.' : `Bitte prüfen Sie die ${count} markierten Felder.`,
  sealFailed:
    'Ihre Angaben konnten nicht verschlüsselt werden. Es wurde nichts gesendet. Bitte versuchen Sie es noch einmal.',
  focusTaken:
    'Ein Teil Ihrer Eingabe ist möglicherweise in einem anderen Bereich dieser Seite gelandet. Bitte prüfen Sie Ihre Angaben, bevor Sie bezahlen.',
};
