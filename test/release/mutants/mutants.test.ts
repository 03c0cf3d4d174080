import assert from 'node:assert/strict';
import {inEngines} from '../../support/engines.ts';
import {withHeaders} from '../../support/network-faults.ts';
import type {Servers} from '../../support/servers.ts';
import type {Attack} from '../security/attacks/attack.ts';
import {sendDataOut} from '../security/attacks/data-out.ts';
import {readFieldsAfterUnload} from '../security/attacks/frame-document.ts';
import {stealTypedDigits} from '../security/attacks/focus-theft.ts';
import * as handshake from '../security/attacks/handshake.ts';
import {sealWithWeakKey} from '../security/attacks/keys.ts';
import {askForDigits, sealWhileTyping, sendPrototypeKeys} from '../security/attacks/messages.ts';
import {
  askPostmate,
  embedAnywhere,
  floodPort,
  pasteSecret,
  postElsewhere,
  showOtherDocument,
} from './attacks.ts';
import {serveMutant} from './build.ts';
import type {Mutant} from './mutants.ts';

/** The defence that is removed, its attack, and what the attack then obtains. */
const ATTACKS: Record<Mutant, [defence: string, attack: Attack, obtained: RegExp]> = {
  'frame-source': [
    'the frame’s check of a message’s source, a sibling of the merchant’s origin',
    handshake.attackFromMerchantSibling,
    /^port |handshake-reply/, // an answer to its handshake, or a message over its port
  ],
  'frame-origin': [
    'the frame’s checks of ancestors and origin, a page of any origin',
    embedAnywhere,
    /^port /,
  ],
  ancestors: ['the check of the ancestors, a tab of its own', handshake.openWithoutMerchant, /^fields/],
  'postmate-guard': ['the frame’s guard of Postmate, a request of the page', askPostmate, /^a reply/],
  'host-guard': [
    'the host’s guard, a document that no element opened',
    handshake.attackFromUnknownFrame,
    /^error in the merchant’s page/,
  ],
  'hello-source': [
    'the host’s check of a hello’s source, another element’s frame',
    handshake.attackFromNeighbor,
    /"port"/,
  ],
  channel: ['the checks of the channel, another merchant’s document', showOtherDocument, /^sealed$/],
  'port-target': [
    'the exact target of the port, a document that replaces the frame’s',
    handshake.collectUntargetedMessages,
    /^to the frame: \*$/,
  ],
  'rate-limit': ['the message rate cap, a flood of requests', floodPort, /answers$/],
  'closed-vocabulary': ['the check of the vocabulary, a message with unknown words', sendPrototypeKeys, /./],
  'key-gate': ['the key check, a key of 1024 bits', sealWithWeakKey, /^999$/],
  'form-action': ['the check of form actions, a form of another origin', postElsewhere, /^encrypted_number$/],
  wipe: ['the wipe on pagehide, a document that unloads', readFieldsAfterUnload, /^999$/],
  'copy-block': ['the copy block, a page that asks the shopper to paste the code', pasteSecret, /^999$/],
  'reveal-rule': ['the reveal rule, a page that asks for digits', askForDigits, /^(401200|5439)$/],
  'focus-guard': ['the focus guard, an advertiser’s frame', stealTypedDigits, /^0/],
  'reveal-once': ['the rule that one number is revealed', sealWhileTyping, /^3450$/],
};

inEngines(
  'an attack',
  (suite) => {
    for (const [mutant, [name, attack, expected]] of Object.entries(ATTACKS))
      suite.onPage(`succeeds without ${name}`, async (page) => {
        const servers = await serveMutant(mutant as Mutant);
        try {
          const obtained = await attack(page, servers);
          assert.ok(
            obtained.some((each) => expected.test(each)),
            JSON.stringify(obtained),
          );
        } finally {
          await servers.close();
        }
      });

    suite.onPage('succeeds without connect-src, a request by fetch', async (page) => {
      await allowConnections(suite.servers);
      const obtained = await sendDataOut(page, suite.servers, 0);
      assert.ok(obtained.includes('fetch'), JSON.stringify(obtained));
    });

    for (const [name, attack] of Object.entries({
      askPostmate,
      floodPort,
      showOtherDocument,
      pasteSecret,
      postElsewhere,
      stealTypedDigits,
    }))
      suite.onPage(`fails against the product: ${name}`, async (page) => {
        assert.deepEqual(await attack(page, suite.servers), []);
      });
  },
  undefined,
  ['chromium'],
);

/** Serves the frame document with a policy that allows every connection. */
async function allowConnections({widget, networkFaults}: Servers): Promise<void> {
  const {headers} = await fetch(`${widget}/v1/m/demo/`);
  const policy = headers.get('content-security-policy') ?? '';
  const changed = policy.replace("connect-src 'none'", 'connect-src *');
  assert.notEqual(changed, policy);
  networkFaults.set('/v1/m/', withHeaders({'content-security-policy': changed}));
}
