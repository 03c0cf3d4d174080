import type {Texts} from './en.ts';

export const es: Texts = {
  labels: {
    cardNumber: 'Número de tarjeta',
    expiry: 'Vencimiento',
    securityCode: 'Código de seguridad',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / AA',
    securityCode: '3 dígitos',
  },
  fourDigits: '4 dígitos',
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
      invalid: 'El mes va de 01 a 12.',
      past: 'Esta tarjeta está vencida.',
      'too-far': 'Revisa el año: es muy lejano.',
    },
    securityCode: {
      required: 'Falta el código de seguridad.',
      incomplete: 'Al código le faltan dígitos.',
      invalid: 'Al código le sobran dígitos.',
    },
  },
  faults: (count) => `Hay ${count} campos que corregir.`,
  unsealed: 'No se pudieron proteger tus datos para el envío. No se envió nada; inténtalo de nuevo.',
};
