import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `Pagamento sicuro: ${labels.join(', ')}`,
  labels: {
    cardNumber: 'Numero carta',
    expiry: 'Data di scadenza',
    securityCode: 'Codice di sicurezza',
    routingNumber: 'Numero di routing (ABA)',
    accountNumber: 'Numero di conto',
    accountNumberConfirmation: 'Conferma numero di conto',
    accountType: 'Tipo di conto',
    cardholderName: 'Nome sulla carta',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / AA',
    securityCode: '3 cifre',
    routingNumber: '9 cifre',
    accountNumber: 'Da 4 a 17 cifre',
  },
  fourDigits: '4 cifre',
  securityCodePlaces: {
    back: 'Sul retro della carta, alla fine dello spazio per la firma.',
    front: 'Sul fronte della carta, sopra il numero.',
  },
  problems: {
    cardNumber: {
      required: 'Inserire il numero della carta.',
      incomplete: 'Il numero della carta è incompleto.',
      invalid: 'Controllare il numero della carta.',
      'brand-refused': 'Questa carta non è accettata. Usarne un’altra.',
    },
    expiry: {
      required: 'Inserire la data di scadenza.',
      incomplete: 'Usare il formato MM / AA.',
      invalid: 'Inserire un mese da 01 a 12.',
      past: 'Questa carta è scaduta.',
      'too-far': 'Controllare l’anno: è troppo lontano.',
    },
    securityCode: {
      required: 'Inserire il codice di sicurezza.',
      incomplete: 'Il codice è troppo corto.',
      invalid: 'Il codice è troppo lungo.',
    },
    routingNumber: {
      required: 'Inserire il numero di routing.',
      incomplete: 'Troppo corto: il numero di routing ha 9 cifre.',
      'too-long': 'Troppo lungo: il numero di routing ha 9 cifre.',
      'unknown-prefix': 'Nessun numero di routing inizia con queste cifre.',
      invalid: 'Controllare il numero di routing.',
    },
    accountNumber: {
      required: 'Inserire il numero di conto.',
      incomplete: 'Il numero di conto è troppo corto.',
      'too-long': 'Il numero di conto è troppo lungo.',
    },
    accountNumberConfirmation: {
      required: 'Inserire di nuovo il numero di conto.',
      incomplete: 'Mancano delle cifre alla fine.',
      mismatch: 'I due numeri di conto sono diversi.',
    },
    cardholderName: {
      required: 'Inserire il nome sulla carta.',
      invalid: 'Inserire il nome come appare sulla carta.',
      'too-long': 'Il nome è troppo lungo.',
    },
  },
  accountTypes: {checking: 'Corrente', savings: 'Risparmio'},
  show: 'Mostra',
  hide: 'Nascondi',
  problemCount: (count) =>
    count === 1 ? 'C’è un campo da correggere.' : `Ci sono ${count} campi da correggere.`,
  sealFailed:
    'Non è stato possibile proteggere i dati prima dell’invio. Non è stato inviato nulla: riprovare.',
  focusTaken:
    'Una parte di ciò che hai digitato potrebbe essere finita in un altro punto di questa pagina. Controlla i dati prima di pagare.',
};
