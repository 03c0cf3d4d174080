import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `안전 결제: ${labels.join(', ')}`,
  labels: {
    cardNumber: '카드 번호',
    expiry: '유효기간',
    securityCode: '보안 코드(CVC)',
    routingNumber: '라우팅 번호(ABA)',
    accountNumber: '계좌 번호',
    accountNumberConfirmation: '계좌 번호 재입력',
    accountType: '계좌 유형',
    cardholderName: '카드 소유자 이름',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / YY',
    securityCode: '3자리 숫자',
    routingNumber: '9자리 숫자',
    accountNumber: '4~17자리 숫자',
  },
  fourDigits: '4자리 숫자',
  securityCodePlaces: {
    back: '카드 뒷면 서명란의 끝에 있습니다.',
    front: '카드 앞면의 카드 번호 위에 있습니다.',
  },
  problems: {
    cardNumber: {
      required: '카드 번호를 입력해 주세요.',
      incomplete: '카드 번호의 자릿수가 부족합니다.',
      invalid: '카드 번호를 다시 확인해 주세요.',
      'brand-refused': '사용할 수 없는 카드입니다. 다른 카드를 입력해 주세요.',
    },
    expiry: {
      required: '유효기간을 입력해 주세요.',
      incomplete: 'MM / YY 형식으로 입력해 주세요.',
      invalid: '월은 01~12 사이로 입력해 주세요.',
      past: '유효기간이 지난 카드입니다.',
      'too-far': '연도가 너무 멉니다. 다시 확인해 주세요.',
    },
    securityCode: {
      required: '보안 코드를 입력해 주세요.',
      incomplete: '보안 코드가 너무 짧습니다.',
      invalid: '보안 코드가 너무 깁니다.',
    },
    routingNumber: {
      required: '라우팅 번호를 입력해 주세요.',
      incomplete: '너무 짧습니다. 라우팅 번호는 9자리입니다.',
      'too-long': '너무 깁니다. 라우팅 번호는 9자리입니다.',
      'unknown-prefix': '이 숫자로 시작하는 라우팅 번호는 없습니다.',
      invalid: '라우팅 번호를 다시 확인해 주세요.',
    },
    accountNumber: {
      required: '계좌 번호를 입력해 주세요.',
      incomplete: '계좌 번호가 너무 짧습니다.',
      'too-long': '계좌 번호가 너무 깁니다.',
    },
    accountNumberConfirmation: {
      required: '계좌 번호를 한 번 더 입력해 주세요.',
      incomplete: '끝부분의 숫자가 빠졌습니다.',
      mismatch: '두 계좌 번호가 일치하지 않습니다.',
    },
    cardholderName: {
      required: '카드 소유자 이름을 입력하세요.',
      invalid: '카드에 적힌 이름 그대로 입력하세요.',
      'too-long': '이름이 너무 길어요.',
    },
  },
  accountTypes: {checking: '체킹(당좌)', savings: '세이빙(저축)'},
  show: '보기',
  hide: '숨기기',
  problemCount: (count) => `입력란 ${count}개를 다시 확인해 주세요.`,
  sealFailed: '정보를 안전하게 암호화하지 못했습니다. 전송된 정보는 없으니 다시 시도해 주세요.',
  focusTaken:
    '입력한 내용의 일부가 이 페이지의 다른 곳에 입력되었을 수 있습니다. 결제하기 전에 정보를 확인해 주세요.',
};
