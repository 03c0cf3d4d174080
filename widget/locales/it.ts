import type {Texts} from './en.ts';

export const it: Texts = {
  labels: {
    cardNumber: 'Numero carta',
    expiry: 'Data di scadenza',
    securityCode: 'Codice di sicurezza',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / AA',
    securityCode: '3 cifre',
  },
  fourDigits: '4 cifre',
  problems: {
    cardNumber: {
      required: 'Inserire il numero della carta.',
      incomplete: 'Il numero della carta è incompleto.',
      invalid: 'Controllare il numero della carta.',
      'brand-refused': 'Carta non accettata. Usarne un’altra.',
    },
    expiry: {
      required: 'Inserire la data di scadenza.',
      incomplete: 'Usare il formato MM / AA.',
      invalid: 'Inserire un mese da 01 a 12.',
      past: 'Questa carta è scaduta.',
      'too-far': 'L’anno è troppo lontano.',
    },
    securityCode: {
      required: 'Inserire il codice di sicurezza.',
      incomplete: 'Il codice è troppo corto.',
      invalid: 'Il codice è troppo lungo.',
    },
  },
  faults: (count) => `Ci sono ${count} campi da correggere.`,
  unsealed: 'Non è stato possibile proteggere i dati prima dell’invio. Non è stato inviato nulla: riprovare.',
};
