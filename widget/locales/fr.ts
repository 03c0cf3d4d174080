import type {Texts} from './en.ts';

export const fr: Texts = {
  labels: {
    cardNumber: 'Numéro de carte',
    expiry: 'Date d’expiration',
    securityCode: 'Code de sécurité',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / AA',
    securityCode: '3 chiffres',
  },
  fourDigits: '4 chiffres',
  problems: {
    cardNumber: {
      required: 'Saisissez votre numéro de carte.',
      incomplete: 'Ce numéro de carte est trop court.',
      invalid: 'Vérifiez votre numéro de carte.',
      'brand-refused': 'Carte non acceptée ici. Utilisez-en une autre.',
    },
    expiry: {
      required: 'Saisissez la date d’expiration.',
      incomplete: 'Utilisez le format MM / AA.',
      invalid: 'Saisissez un mois de 01 à 12.',
      past: 'Cette carte a expiré.',
      'too-far': 'L’année est trop lointaine.',
    },
    securityCode: {
      required: 'Saisissez le code de sécurité.',
      incomplete: 'Code de sécurité trop court.',
      invalid: 'Code de sécurité trop long.',
    },
  },
  faults: (count) => `Veuillez corriger ${count} champs.`,
  unsealed:
    'Vos informations n’ont pas pu être protégées avant l’envoi. Rien n’a été transmis\u202f; veuillez réessayer.',
};
