import type {Locale} from '../widget/protocol/names.ts';

/** The texts that the host page shows itself, while the frame cannot. */
export interface HostTexts {
  /** Title of the frame. Screen readers read it when the user enters the frame. */
  title: string;
  /** Validation message while the frame loads. Also visible if loading is slow. */
  loading: string;
  /** Error message if the frame could not be loaded. */
  /** Shown in place of fields that cannot be used. */
  failed: string;
  /** Follows `failed` if the network may be the cause. Begins with a space where the language has spaces. */
  connection: string;
  /** The button below `failed`. */
  retry: string;
}

/** The host's texts in each language. */
export const TEXTS: Record<Locale, HostTexts> = {
  en: {
    title: 'Secure payment fields',
    loading: 'The payment fields are still loading.',
    failed: 'The payment fields could not be loaded.',
    connection: ' Check your connection, then try again.',
    retry: 'Try again',
  },
  es: {
    title: 'Campos de pago seguro',
    loading: 'Los campos de pago aún se están cargando.',
    failed: 'No se pudieron cargar los campos de pago.',
    connection: ' Revisa tu conexión e inténtalo de nuevo.',
    retry: 'Reintentar',
  },
  fr: {
    title: 'Champs de paiement sécurisé',
    loading: 'Les champs de paiement ne sont pas encore chargés.',
    failed: 'Les champs de paiement n’ont pas pu être chargés.',
    connection: ' Vérifiez votre connexion, puis réessayez.',
    retry: 'Réessayer',
  },
  de: {
    title: 'Felder für die sichere Zahlung',
    loading: 'Die Zahlungsfelder werden noch geladen.',
    failed: 'Die Zahlungsfelder konnten nicht geladen werden.',
    connection: ' Bitte prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    retry: 'Erneut versuchen',
  },
  it: {
    title: 'Campi di pagamento sicuri',
    loading: 'I campi di pagamento sono ancora in caricamento.',
    failed: 'Non è stato possibile caricare i campi di pagamento.',
    connection: ' Controllare la connessione e riprovare.',
    retry: 'Riprova',
  },
  'pt-BR': {
    title: 'Campos de pagamento seguro',
    loading: 'Os campos de pagamento ainda estão sendo carregados.',
    failed: 'Não foi possível carregar os campos de pagamento.',
    connection: ' Verifique sua conexão e tente novamente.',
    retry: 'Tentar novamente',
  },
  nl: {
    title: 'Beveiligde betaalvelden',
    loading: 'De betaalvelden worden nog geladen.',
    failed: 'De betaalvelden konden niet worden geladen.',
    connection: ' Controleer de internetverbinding en probeer het opnieuw.',
    retry: 'Opnieuw proberen',
  },
  pl: {
    title: 'Bezpieczne pola płatności',
    loading: 'Pola płatności wciąż się wczytują.',
    failed: 'Nie udało się wczytać pól płatności.',
    connection: ' Sprawdź połączenie i spróbuj ponownie.',
    retry: 'Spróbuj ponownie',
  },
  tr: {
    title: 'Güvenli ödeme alanları',
    loading: 'Ödeme alanları hâlâ yükleniyor.',
    failed: 'Ödeme alanları yüklenemedi.',
    connection: ' İnternet bağlantınızı kontrol edip tekrar deneyin.',
    retry: 'Tekrar dene',
  },
  ja: {
    title: 'お支払い情報の安全な入力欄',
    loading: 'お支払い情報の入力欄を読み込んでいます。',
    failed: 'お支払い情報の入力欄を読み込めませんでした。',
    connection: '通信環境をご確認のうえ、もう一度お試しください。',
    retry: '再試行',
  },
  ko: {
    title: '안전한 결제 정보 입력란',
    loading: '결제 정보 입력란을 아직 불러오는 중입니다.',
    failed: '결제 정보 입력란을 불러오지 못했습니다.',
    connection: ' 인터넷 연결을 확인하고 다시 시도해 주세요.',
    retry: '다시 시도',
  },
  'zh-Hans': {
    title: '安全支付信息输入框',
    loading: '支付信息输入框仍在加载中。',
    failed: '支付信息输入框加载失败。',
    connection: '请检查网络连接后重试。',
    retry: '重试',
  },
  'zh-Hant': {
    title: '安全付款欄位',
    loading: '付款欄位仍在載入中。',
    failed: '無法載入付款欄位。',
    connection: '請檢查網路連線，然後再試一次。',
    retry: '再試一次',
  },
  hi: {
    title: 'सुरक्षित पेमेंट फ़ील्ड',
    loading: 'पेमेंट फ़ील्ड अभी लोड हो रहे हैं।',
    failed: 'पेमेंट फ़ील्ड लोड नहीं हो सके।',
    connection: ' अपना इंटरनेट कनेक्शन जाँचकर फिर से कोशिश करें।',
    retry: 'फिर से कोशिश करें',
  },
  ar: {
    title: 'حقول الدفع الآمن',
    loading: 'لا تزال حقول الدفع قيد التحميل.',
    failed: 'تعذّر تحميل حقول الدفع.',
    connection: ' تحقق من اتصالك بالإنترنت، ثم حاول مرة أخرى.',
    retry: 'إعادة المحاولة',
  },
  he: {
    title: 'שדות תשלום מאובטחים',
    loading: 'שדות התשלום עדיין נטענים.',
    failed: 'לא ניתן היה לטעון את שדות התשלום.',
    connection: ' יש לבדוק את החיבור לאינטרנט ולנסות שוב.',
    retry: 'ניסיון נוסף',
  },
};
