import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `Pagamento seguro: ${labels.join(', ')}`,
  labels: {
    cardNumber: 'Número do cartão',
    expiry: 'Validade',
    securityCode: 'Código CVV',
    routingNumber: 'Número de roteamento (ABA)',
    accountNumber: 'Número da conta',
    accountNumberConfirmation: 'Repetir número da conta',
    accountType: 'Tipo de conta',
    cardholderName: 'Nome no cartão',
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
    back: 'No verso do cartão, no fim da faixa de assinatura.',
    front: 'Na frente do cartão, acima do número.',
  },
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
      'too-far': 'Confira o ano: está distante demais.',
    },
    securityCode: {
      required: 'Informe o código CVV.',
      incomplete: 'Faltam dígitos no código.',
      invalid: 'O código tem dígitos demais.',
    },
    routingNumber: {
      required: 'Informe o número de roteamento.',
      incomplete: 'Faltam dígitos: o número de roteamento tem 9.',
      'too-long': 'Há dígitos demais: o número de roteamento tem 9.',
      'unknown-prefix': 'Nenhum número de roteamento começa com esses dígitos.',
      invalid: 'Confira o número de roteamento.',
    },
    accountNumber: {
      required: 'Informe o número da conta.',
      incomplete: 'Faltam dígitos no número da conta.',
      'too-long': 'O número da conta tem dígitos demais.',
    },
    accountNumberConfirmation: {
      required: 'Informe novamente o número da conta.',
      incomplete: 'Faltam dígitos no final.',
      mismatch: 'Os dois números da conta não coincidem.',
    },
    cardholderName: {
      required: 'Informe o nome no cartão.',
      invalid: 'Informe o nome como está no cartão.',
      'too-long': 'O nome é longo demais.',
    },
  },
  accountTypes: {checking: 'Corrente', savings: 'Poupança'},
  show: 'Mostrar',
  hide: 'Ocultar',
  problemCount: (count) => (count === 1 ? 'Há um campo para corrigir.' : `Há ${count} campos para corrigir.`),
  sealFailed: 'Não foi possível proteger seus dados para o envio. Nada foi enviado. Tente novamente.',
  focusTaken:
    'Parte do que você digitou pode ter ido para outra parte desta página. Confira seus dados antes de pagar.',
};
