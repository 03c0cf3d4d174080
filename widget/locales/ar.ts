import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `دفع آمن: ${labels.join('، ')}`,
  labels: {
    cardNumber: 'رقم البطاقة',
    expiry: 'تاريخ الانتهاء',
    securityCode: 'رمز الأمان (CVV)',
    routingNumber: 'رقم التوجيه (ABA)',
    accountNumber: 'رقم الحساب',
    accountNumberConfirmation: 'تأكيد رقم الحساب',
    accountType: 'نوع الحساب',
    cardholderName: 'الاسم على البطاقة',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / YY',
    securityCode: '3 أرقام',
    routingNumber: '9 أرقام',
    accountNumber: 'من 4 إلى 17 رقمًا',
  },
  fourDigits: '4 أرقام',
  securityCodePlaces: {
    back: 'على ظهر البطاقة، في نهاية شريط التوقيع.',
    front: 'على وجه البطاقة، فوق رقم البطاقة.',
  },
  problems: {
    cardNumber: {
      required: 'أدخل رقم البطاقة.',
      incomplete: 'رقم البطاقة غير مكتمل.',
      invalid: 'تحقق من صحة رقم البطاقة.',
      'brand-refused': 'هذه البطاقة غير مقبولة. استخدم بطاقة أخرى.',
    },
    expiry: {
      required: 'أدخل تاريخ الانتهاء.',
      incomplete: 'اكتبه بصيغة \u2066MM / YY\u2069.',
      invalid: 'أدخل شهرًا من 01 إلى 12.',
      past: 'انتهت صلاحية هذه البطاقة.',
      'too-far': 'تحقق من السنة، فهي بعيدة جدًا.',
    },
    securityCode: {
      required: 'أدخل رمز الأمان.',
      incomplete: 'رمز الأمان غير مكتمل.',
      invalid: 'رمز الأمان طويل جدًا.',
    },
    routingNumber: {
      required: 'أدخل رقم التوجيه.',
      incomplete: 'رقم غير مكتمل: يتكون رقم التوجيه من 9 أرقام.',
      'too-long': 'رقم طويل جدًا: يتكون رقم التوجيه من 9 أرقام.',
      'unknown-prefix': 'لا يوجد رقم توجيه يبدأ بهذه الأرقام.',
      invalid: 'تحقق من صحة رقم التوجيه.',
    },
    accountNumber: {
      required: 'أدخل رقم الحساب.',
      incomplete: 'رقم الحساب غير مكتمل.',
      'too-long': 'رقم الحساب طويل جدًا.',
    },
    accountNumberConfirmation: {
      required: 'أدخل رقم الحساب مرة أخرى.',
      incomplete: 'تنقص أرقام في نهاية رقم الحساب.',
      mismatch: 'رقما الحساب غير متطابقين.',
    },
    cardholderName: {
      required: 'أدخل الاسم على البطاقة.',
      invalid: 'أدخل الاسم كما يظهر على البطاقة.',
      'too-long': 'الاسم طويل جدًا.',
    },
  },
  accountTypes: {checking: 'حساب جارٍ', savings: 'حساب توفير'},
  show: 'إظهار',
  hide: 'إخفاء',
  problemCount: (count) =>
    ['', 'هناك حقل واحد بحاجة إلى تصحيح.', 'هناك حقلان بحاجة إلى تصحيح.'][count] ??
    `هناك ${count} حقول بحاجة إلى تصحيح.`,
  sealFailed: 'تعذّر تأمين بياناتك قبل الإرسال. لم يُرسَل أي شيء، يُرجى المحاولة مرة أخرى.',
  focusTaken: 'ربما انتقل جزء مما كتبته إلى مكان آخر في هذه الصفحة. يُرجى التحقق من بياناتك قبل الدفع.',
};
