import type {Texts} from './en.ts';

export const he: Texts = {
  labels: {
    cardNumber: 'מספר כרטיס',
    expiry: 'תוקף',
    securityCode: 'קוד אבטחה (CVV)',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / YY',
    // The input runs left to right; isolated right to left, the number comes first.
    securityCode: '\u20673 ספרות\u2069',
  },
  fourDigits: '\u20674 ספרות\u2069',
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
      'too-far': 'השנה שהוזנה רחוקה מדי.',
    },
    securityCode: {
      required: 'יש להזין קוד אבטחה.',
      incomplete: 'קוד האבטחה קצר מדי.',
      invalid: 'קוד האבטחה ארוך מדי.',
    },
  },
  faults: (count) => `יש לתקן ${count} שדות.`,
  unsealed: 'לא ניתן היה להצפין את הפרטים. לא נשלח דבר, יש לנסות שוב.',
};
