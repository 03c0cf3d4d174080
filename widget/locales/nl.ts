import type {Texts} from './en.ts';

export const nl: Texts = {
  labels: {
    cardNumber: 'Kaartnummer',
    expiry: 'Vervaldatum',
    securityCode: 'Beveiligingscode',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / JJ',
    securityCode: '3 cijfers',
  },
  fourDigits: '4 cijfers',
  problems: {
    cardNumber: {
      required: 'Vul het kaartnummer in.',
      incomplete: 'Dit kaartnummer is te kort.',
      invalid: 'Controleer het kaartnummer.',
      'brand-refused': 'Kaart niet geaccepteerd. Gebruik een andere.',
    },
    expiry: {
      required: 'Vul de vervaldatum in.',
      incomplete: 'Vul de datum in als MM / JJ.',
      invalid: 'Vul een maand in: 01 t/m 12.',
      past: 'Deze kaart is verlopen.',
      'too-far': 'Jaartal te ver in de toekomst.',
    },
    securityCode: {
      required: 'Vul de beveiligingscode in.',
      incomplete: 'De beveiligingscode is te kort.',
      invalid: 'De beveiligingscode is te lang.',
    },
  },
  faults: (count) => `Controleer ${count} velden.`,
  unsealed:
    'De gegevens konden niet worden beveiligd voor verzending. Er is niets verzonden. Probeer het opnieuw.',
};
