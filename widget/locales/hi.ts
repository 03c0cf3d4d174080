import type {Texts} from './en.ts';

export const hi: Texts = {
  labels: {
    cardNumber: 'कार्ड नंबर',
    expiry: 'समाप्ति तिथि',
    securityCode: 'सुरक्षा कोड (CVV)',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / YY',
    securityCode: '3 अंक',
  },
  fourDigits: '4 अंक',
  problems: {
    cardNumber: {
      required: 'कार्ड नंबर डालें।',
      incomplete: 'कार्ड नंबर में अंक कम हैं।',
      invalid: 'कार्ड नंबर के अंक जाँच लें।',
      'brand-refused': 'यह कार्ड यहाँ मान्य नहीं है। दूसरा कार्ड आज़माएँ।',
    },
    expiry: {
      required: 'समाप्ति तिथि डालें।',
      incomplete: 'MM / YY के रूप में डालें।',
      invalid: 'महीना 01 से 12 के बीच डालें।',
      past: 'यह कार्ड एक्सपायर हो चुका है।',
      'too-far': 'साल जाँच लें, यह बहुत आगे का है।',
    },
    securityCode: {
      required: 'CVV डालें।',
      incomplete: 'CVV में अंक कम हैं।',
      invalid: 'CVV में अंक ज़्यादा हैं।',
    },
  },
  faults: (count) => `${count} फ़ील्ड में सुधार ज़रूरी है।`,
  unsealed: 'आपकी जानकारी एन्क्रिप्ट नहीं हो सकी। कुछ भी नहीं भेजा गया है, कृपया फिर से कोशिश करें।',
};
