import type {Texts} from './en.ts';

export const ptBr: Texts = {
  labels: {
    cardNumber: 'Número do cartão',
    expiry: 'Validade',
    securityCode: 'Código CVV',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / AA',
    securityCode: '3 dígitos',
  },
  fourDigits: '4 dígitos',
  problems: {
    cardNumber: {
      required: 'Informe o número do cartão.',
      incomplete: 'Faltam dígitos no número do cartão.',
      invalid: 'Confira o número do cartão.',
      'brand-refused': 'Este cartão não é aceito. Use outro.',
    },
    expiry: {
      required: 'Informe a validade do cartão.',
      incomplete: 'Use o formato MM / AA.',
      invalid: 'Informe um mês de 01 a 12.',
      past: 'Este cartão está vencido.',
      'too-far': 'O ano está distante demais.',
    },
    securityCode: {
      required: 'Informe o código CVV.',
      incomplete: 'Faltam dígitos no código.',
      invalid: 'O código tem dígitos demais.',
    },
  },
  faults: (count) => `Há ${count} campos para corrigir.`,
  unsealed: 'Não foi possível proteger seus dados para o envio. Nada foi enviado. Tente novamente.',
};
