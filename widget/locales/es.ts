import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `Pago seguro: ${labels.join(', ')}`,
  labels: {
    cardNumber: 'Número de tarjeta',
    expiry: 'Vencimiento',
    securityCode: 'Código de seguridad',
    routingNumber: 'Número de ruta (ABA)',
    accountNumber: 'Número de cuenta',
    accountNumberConfirmation: 'Repetir número de cuenta',
    accountType: 'Tipo de cuenta',
    cardholderName: 'Nombre en la tarjeta',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / AA',
    securityCode: '3 dígitos',
    routingNumber: '9 dígitos',
    accountNumber: 'De 4 a 17 dígitos',
  },
  fourDigits: '4 dígitos',
  securityCodePlaces: {
    back: 'En el reverso de la tarjeta, al final de la banda de la firma.',
    front: 'En el anverso de la tarjeta, encima del número.',
  },
  problems: {
    cardNumber: {
      required: 'Falta el número de tarjeta.',
      incomplete: 'Al número de tarjeta le faltan dígitos.',
      invalid: 'Revisa los dígitos de la tarjeta.',
      'brand-refused': 'Esta tarjeta no se acepta. Usa otra.',
    },
    expiry: {
      required: 'Falta la fecha de vencimiento.',
      incomplete: 'Usa el formato MM / AA.',
      invalid: 'Escribe un mes de 01 a 12.',
      past: 'Esta tarjeta está vencida.',
      'too-far': 'Revisa el año: está demasiado lejos.',
    },
    securityCode: {
      required: 'Falta el código de seguridad.',
      incomplete: 'Al código le faltan dígitos.',
      invalid: 'Al código le sobran dígitos.',
    },
    routingNumber: {
      required: 'Falta el número de ruta.',
      incomplete: 'Faltan dígitos: el número de ruta tiene 9.',
      'too-long': 'Sobran dígitos: el número de ruta tiene 9.',
      'unknown-prefix': 'Ningún número de ruta empieza con estos dígitos.',
      invalid: 'Revisa los dígitos del número de ruta.',
    },
    accountNumber: {
      required: 'Falta el número de cuenta.',
      incomplete: 'Al número de cuenta le faltan dígitos.',
      'too-long': 'Al número de cuenta le sobran dígitos.',
    },
    accountNumberConfirmation: {
      required: 'Escribe otra vez el número de cuenta.',
      incomplete: 'Faltan dígitos al final.',
      mismatch: 'Los números de cuenta no coinciden.',
    },
    cardholderName: {
      required: 'Falta el nombre de la tarjeta.',
      invalid: 'Escribe el nombre como aparece en la tarjeta.',
      'too-long': 'El nombre es demasiado largo.',
    },
  },
  accountTypes: {checking: 'Cheques', savings: 'Ahorros'},
  show: 'Mostrar',
  hide: 'Ocultar',
  problemCount: (count) => (count === 1 ? 'Hay un campo que corregir.' : `Hay ${count} campos que corregir.`),
  sealFailed: 'No se pudieron proteger tus datos para el envío. No se envió nada; inténtalo de nuevo.',
  focusTaken:
    'Es posible que parte de lo que escribiste haya llegado a otra parte de esta página. Revisa tus datos antes de pagar.',
};
