import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `תשלום מאובטח: ${labels.join(', ')}`,
  labels: {
    cardNumber: 'מספר כרטיס',
    expiry: 'תוקף',
    securityCode: 'קוד אבטחה (CVV)',
    routingNumber: 'מספר ניתוב (ABA)',
    accountNumber: 'מספר חשבון',
    accountNumberConfirmation: 'אימות מספר חשבון',
    accountType: 'סוג חשבון',
    cardholderName: 'שם בעל הכרטיס',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / YY',
    securityCode: '3 ספרות',
    routingNumber: '9 ספרות',
    accountNumber: '4 עד 17 ספרות',
  },
  fourDigits: '4 ספרות',
  securityCodePlaces: {
    back: 'בגב הכרטיס, בסוף פס החתימה.',
    front: 'בחזית הכרטיס, מעל מספר הכרטיס.',
  },
  problems: {
    cardNumber: {
      required: 'יש להזין מספר כרטיס.',
      incomplete: 'מספר הכרטיס קצר מדי.',
      invalid: 'יש לבדוק את מספר הכרטיס.',
      'brand-refused': 'הכרטיס לא מתקבל כאן. יש להזין כרטיס אחר.',
    },
    expiry: {
      required: 'יש להזין את תוקף הכרטיס.',
      incomplete: 'יש להזין בפורמט \u2066MM / YY\u2069.',
      invalid: 'יש להזין חודש בין 01 ל־12.',
      past: 'תוקף הכרטיס פג.',
      'too-far': 'יש לבדוק את השנה, היא רחוקה מדי.',
    },
    securityCode: {
      required: 'יש להזין קוד אבטחה.',
      incomplete: 'קוד האבטחה קצר מדי.',
      invalid: 'קוד האבטחה ארוך מדי.',
    },
    routingNumber: {
      required: 'יש להזין מספר ניתוב.',
      incomplete: 'מספר הניתוב קצר מדי, נדרשות 9 ספרות.',
      'too-long': 'מספר הניתוב ארוך מדי, נדרשות 9 ספרות.',
      'unknown-prefix': 'אין מספר ניתוב שמתחיל בספרות אלה.',
      invalid: 'יש לבדוק את מספר הניתוב.',
    },
    accountNumber: {
      required: 'יש להזין מספר חשבון.',
      incomplete: 'מספר החשבון קצר מדי.',
      'too-long': 'מספר החשבון ארוך מדי.',
    },
    accountNumberConfirmation: {
      required: 'יש להזין שוב את מספר החשבון.',
      incomplete: 'חסרות ספרות בסוף המספר.',
      mismatch: 'שני מספרי החשבון אינם זהים.',
    },
    cardholderName: {
      required: 'יש להזין את שם בעל הכרטיס.',
      invalid: 'יש להזין את השם כפי שהוא מופיע על הכרטיס.',
      'too-long': 'השם ארוך מדי.',
    },
  },
  accountTypes: {checking: 'עו״ש', savings: 'חיסכון'},
  show: 'הצגה',
  hide: 'הסתרה',
  problemCount: (count) => ['', 'יש לתקן שדה אחד.', 'יש לתקן שני שדות.'][count] ?? `יש לתקן ${count} שדות.`,
  sealFailed: 'לא ניתן היה להצפין את הפרטים. לא נשלח דבר, יש לנסות שוב.',
  focusTaken: 'ייתכן שחלק ממה שהקלדת הועבר לחלק אחר של הדף. יש לבדוק את הפרטים לפני התשלום.',
};
