import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `सुरक्षित पेमेंट: ${labels.join(', ')}`,
  labels: {
    cardNumber: 'कार्ड नंबर',
    expiry: 'समाप्ति तिथि',
    securityCode: 'सुरक्षा कोड (CVV)',
    routingNumber: 'राउटिंग नंबर (ABA)',
    accountNumber: 'खाता नंबर',
    accountNumberConfirmation: 'खाता नंबर (दोबारा)',
    accountType: 'खाते का प्रकार',
    cardholderName: 'कार्ड पर लिखा नाम',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / YY',
    securityCode: '3 अंक',
    routingNumber: '9 अंक',
    accountNumber: '4 से 17 अंक',
  },
  fourDigits: '4 अंक',
  securityCodePlaces: {
    back: 'कार्ड के पीछे, हस्ताक्षर पट्टी के अंत में।',
    front: 'कार्ड के सामने, कार्ड नंबर के ऊपर।',
  },
  problems: {
    cardNumber: {
      required: 'कार्ड नंबर डालें।',
      incomplete: 'कार्ड नंबर में अंक कम हैं।',
      invalid: 'कार्ड नंबर के अंक जाँच लें।',
      'brand-refused': 'यह कार्ड यहाँ मान्य नहीं है। दूसरा कार्ड आज़माएँ।',
    },
    expiry: {
      required: 'समाप्ति तिथि डालें।',
      incomplete: 'MM / YY फ़ॉर्मैट में डालें।',
      invalid: 'महीना 01 से 12 के बीच डालें।',
      past: 'इस कार्ड की समाप्ति तिथि निकल चुकी है।',
      'too-far': 'साल जाँच लें, यह बहुत आगे का है।',
    },
    securityCode: {
      required: 'CVV डालें।',
      incomplete: 'CVV में अंक कम हैं।',
      invalid: 'CVV में अंक ज़्यादा हैं।',
    },
    routingNumber: {
      required: 'राउटिंग नंबर डालें।',
      incomplete: 'अंक कम हैं, राउटिंग नंबर में 9 अंक होते हैं।',
      'too-long': 'अंक ज़्यादा हैं, राउटिंग नंबर में 9 अंक होते हैं।',
      'unknown-prefix': 'कोई राउटिंग नंबर इन अंकों से शुरू नहीं होता।',
      invalid: 'राउटिंग नंबर के अंक जाँच लें।',
    },
    accountNumber: {
      required: 'खाता नंबर डालें।',
      incomplete: 'खाता नंबर में अंक कम हैं।',
      'too-long': 'खाता नंबर में अंक ज़्यादा हैं।',
    },
    accountNumberConfirmation: {
      required: 'खाता नंबर दोबारा डालें।',
      incomplete: 'आख़िर के कुछ अंक छूट गए हैं।',
      mismatch: 'दोनों खाता नंबर अलग-अलग हैं।',
    },
    cardholderName: {
      required: 'कार्ड पर लिखा नाम डालें।',
      invalid: 'नाम वैसे ही डालें जैसे कार्ड पर लिखा है।',
      'too-long': 'यह नाम बहुत लंबा है।',
    },
  },
  accountTypes: {checking: 'चेकिंग', savings: 'सेविंग्स'},
  show: 'दिखाएँ',
  hide: 'छिपाएँ',
  problemCount: (count) => `${count} फ़ील्ड में सुधार ज़रूरी है।`,
  sealFailed: 'आपकी जानकारी एन्क्रिप्ट नहीं हो सकी। कुछ भी नहीं भेजा गया है, कृपया फिर से कोशिश करें।',
  focusTaken:
    'आपके द्वारा टाइप की गई कुछ जानकारी इस पेज के किसी दूसरे हिस्से में चली गई हो सकती है। भुगतान करने से पहले अपनी जानकारी जाँच लें।',
};
