import type {Texts} from './en.ts';

export const texts: Texts = {
  title: (labels) => `Veilig betalen: ${labels.join(', ')}`,
  labels: {
    cardNumber: 'Kaartnummer',
    expiry: 'Vervaldatum',
    securityCode: 'Beveiligingscode',
    routingNumber: 'Routingnummer (ABA)',
    accountNumber: 'Rekeningnummer',
    accountNumberConfirmation: 'Herhaal rekeningnummer',
    accountType: 'Soort rekening',
    cardholderName: 'Naam op de kaart',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / JJ',
    securityCode: '3 cijfers',
    routingNumber: '9 cijfers',
    accountNumber: '4 t/m 17 cijfers',
  },
  fourDigits: '4 cijfers',
  securityCodePlaces: {
    back: 'Op de achterkant van de kaart, aan het einde van de handtekeningstrook.',
    front: 'Op de voorkant van de kaart, boven het kaartnummer.',
  },
  problems: {
    cardNumber: {
      required: 'Vul het kaartnummer in.',
      incomplete: 'Dit kaartnummer is te kort.',
      invalid: 'Controleer het kaartnummer.',
      'brand-refused': 'Deze kaart wordt niet geaccepteerd. Gebruik een andere.',
    },
    expiry: {
      required: 'Vul de vervaldatum in.',
      incomplete: 'Vul de datum in als MM / JJ.',
      invalid: 'Vul een maand in van 01 t/m 12.',
      past: 'Deze kaart is verlopen.',
      'too-far': 'Controleer het jaar: het ligt te ver in de toekomst.',
    },
    securityCode: {
      required: 'Vul de beveiligingscode in.',
      incomplete: 'De beveiligingscode is te kort.',
      invalid: 'De beveiligingscode is te lang.',
    },
    routingNumber: {
      required: 'Vul het routingnummer in.',
      incomplete: 'Te kort: een routingnummer heeft 9 cijfers.',
      'too-long': 'Te lang: een routingnummer heeft 9 cijfers.',
      'unknown-prefix': 'Geen enkel routingnummer begint met deze cijfers.',
      invalid: 'Controleer het routingnummer.',
    },
    accountNumber: {
      required: 'Vul het rekeningnummer in.',
      incomplete: 'Dit rekeningnummer is te kort.',
      'too-long': 'Dit rekeningnummer is te lang.',
    },
    accountNumberConfirmation: {
      required: 'Vul het rekeningnummer nog een keer in.',
      incomplete: 'Aan het eind ontbreken nog cijfers.',
      mismatch: 'De rekeningnummers komen niet overeen.',
    },
    cardholderName: {
      required: 'Vul de naam op de kaart in.',
      invalid: 'Vul de naam in zoals die op de kaart staat.',
      'too-long': 'Deze naam is te lang.',
    },
  },
  accountTypes: {checking: 'Betaalrekening', savings: 'Spaarrekening'},
  show: 'Tonen',
  hide: 'Verbergen',
  problemCount: (count) => (count === 1 ? 'Controleer één veld.' : `Controleer ${count} velden.`),
  sealFailed:
    'De gegevens konden niet worden beveiligd voor verzending. Er is niets verzonden. Probeer het opnieuw.',
  focusTaken:
    'Een deel van wat u typte, is mogelijk in een ander deel van deze pagina terechtgekomen. Controleer uw gegevens voordat u betaalt.',
};
