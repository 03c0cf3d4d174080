import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `Paiement sécurisé\u00a0: ${labels.join(', ')}`,
  labels: {
    cardNumber: 'Numéro de carte',
    expiry: 'Date d’expiration',
    securityCode: 'Code de sécurité',
    routingNumber: 'Numéro de routage (ABA)',
    accountNumber: 'Numéro de compte',
    accountNumberConfirmation: 'Confirmer le numéro de compte',
    accountType: 'Type de compte',
    cardholderName: 'Nom sur la carte',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / AA',
    securityCode: '3 chiffres',
    routingNumber: '9 chiffres',
    accountNumber: '4 à 17 chiffres',
  },
  fourDigits: '4 chiffres',
  securityCodePlaces: {
    back: 'Au dos de la carte, à la fin de la zone de signature.',
    front: 'Sur le devant de la carte, au-dessus du numéro.',
  },
  problems: {
    cardNumber: {
      required: 'Saisissez votre numéro de carte.',
      incomplete: 'Ce numéro de carte est trop court.',
      invalid: 'Vérifiez votre numéro de carte.',
      'brand-refused': 'Cette carte n’est pas acceptée. Utilisez-en une autre.',
    },
    expiry: {
      required: 'Saisissez la date d’expiration.',
      incomplete: 'Utilisez le format MM / AA.',
      invalid: 'Saisissez un mois de 01 à 12.',
      past: 'Cette carte a expiré.',
      'too-far': 'Vérifiez l’année\u00a0: elle est trop lointaine.',
    },
    securityCode: {
      required: 'Saisissez le code de sécurité.',
      incomplete: 'Code de sécurité trop court.',
      invalid: 'Code de sécurité trop long.',
    },
    routingNumber: {
      required: 'Saisissez votre numéro de routage.',
      incomplete: 'Numéro de routage trop court (9\u00a0chiffres attendus).',
      'too-long': 'Numéro de routage trop long (9\u00a0chiffres attendus).',
      'unknown-prefix': 'Aucun numéro de routage ne commence par ces chiffres.',
      invalid: 'Vérifiez votre numéro de routage.',
    },
    accountNumber: {
      required: 'Saisissez votre numéro de compte.',
      incomplete: 'Ce numéro de compte est trop court.',
      'too-long': 'Ce numéro de compte est trop long.',
    },
    accountNumberConfirmation: {
      required: 'Saisissez de nouveau le numéro de compte.',
      incomplete: 'Il manque des chiffres à la fin.',
      mismatch: 'Les deux numéros de compte sont différents.',
    },
    cardholderName: {
      required: 'Saisissez le nom inscrit sur la carte.',
      invalid: 'Saisissez le nom tel qu’il figure sur la carte.',
      'too-long': 'Ce nom est trop long.',
    },
  },
  accountTypes: {checking: 'Courant', savings: 'Épargne'},
  show: 'Afficher',
  hide: 'Masquer',
  problemCount: (count) =>
    count === 1 ? 'Veuillez corriger un champ.' : `Veuillez corriger ${count} champs.`,
  sealFailed:
    'Vos informations n’ont pas pu être protégées avant l’envoi. Rien n’a été transmis\u202f; veuillez réessayer.',
  focusTaken:
    'Une partie de votre saisie a peut-être été transmise à un autre élément de cette page. Vérifiez vos informations avant de payer.',
};
