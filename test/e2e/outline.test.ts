import assert from 'node:assert/strict';
import type {Frame, Page, Protocol} from 'puppeteer-core';
import {sessionOf} from '../soak/memory.ts';
import {allReady, frameWith, typeAll} from './frames.ts';
import {inEngines} from './scene.ts';
import {settle} from './settle.ts';
import {ENGINES} from './shopper.ts';
import {snippet} from './stage.ts';

/**
 * What a screen reader is given of a frame, by what befell it: one node a line, with all that is said of it. Numbers are
 * masked for the eye alone: whoever types them by ear must be able to check them.
 */
const OUTLINES: Record<
  string,
  {attributes?: string; reach?: (tab: Page, frame: Frame) => Promise<unknown>; outline: string}
> = {
  'a card': {
    outline: `
      document “Secure payment: Card number, Expiry date, Security code”
        form
          label “Card number”
          textbox “Card number”, required
          label “Expiry date”
          textbox “Expiry date”, required
          label “Security code”
          textbox “Security code”, required, described as “On the back of the card, at the end of the signature strip.”
          status, polite`,
  },
  'a card of a brand': {
    attributes: 'data-fields="cardNumber"',
    reach: (tab) => typeAll(tab, {cardNumber: '4012000098765439'}),
    outline: `
      document “Secure payment: Card number”
        form
          label “Card number”
          textbox “Card number”, holding “4012 0000 9876 5439”, focused, required
          text “Visa”
          status, polite`,
  },
  'a card that was refused': {
    reach: (tab) => tab.click('form > button'),
    outline: `
      document “Secure payment: Card number, Expiry date, Security code”
        form
          label “Card number”
          textbox “Card number”, focused, required, invalid, described as “Enter your card number.”
          paragraph “Enter your card number.”
          label “Expiry date”
          textbox “Expiry date”, required, invalid, described as “Enter the expiry date.”
          paragraph “Enter the expiry date.”
          label “Security code”
          textbox “Security code”, required, invalid, described as “Enter the security code. On the back of the card, at the end of the signature strip.”
          paragraph “Enter the security code.”
          status “3 fields need your attention.”, polite`,
  },
  'a card that is disabled': {
    reach: (tab) => tab.$eval('fieldset', (set) => (set.disabled = true)),
    outline: `
      document “Secure payment: Card number, Expiry date, Security code”
        form
          label “Card number”
          textbox “Card number”, required, disabled
          label “Expiry date”
          textbox “Expiry date”, required, disabled
          label “Security code”
          textbox “Security code”, required, disabled, described as “On the back of the card, at the end of the signature strip.”
          status, polite`,
  },
  'a card that may be left out, with labels of the page': {
    attributes: 'data-optional data-fields="cardNumber" data-label-card-number="Gift card"',
    outline: `
      document “Secure payment: Gift card”
        form
          label “Gift card”
          textbox “Gift card”
          status, polite`,
  },
  'a bank account': {
    attributes: 'data-fields="accountType routingNumber accountNumber accountNumberConfirmation"',
    outline: `
      document “Secure payment: Account type, Routing number, Account number, Confirm account number”
        form
          label “Account type”
          combobox “Account type”, holding “Checking”
          label “Routing number”
          textbox “Routing number”, required
          label “Account number”
          textbox “Account number”, required
          button “Show Account number”
          label “Confirm account number”
          textbox “Confirm account number”, required
          button “Show Confirm account number”
          status, polite`,
  },
  'a bank account at fault, one number of it shown': {
    attributes: 'data-fields="bank"',
    async reach(tab, frame) {
      await typeAll(tab, {accountNumber: '0012345678', accountNumberConfirmation: '0012345679'});
      await frame.click('#accountNumber-reveal');
    },
    outline: `
      document “Secure payment: Routing number, Account number, Confirm account number”
        form
          label “Routing number”
          textbox “Routing number”, required
          label “Account number”
          textbox “Account number”, holding “0012345678”, required
          button “Hide Account number”, focused
          label “Confirm account number”
          textbox “Confirm account number”, holding “0012345679”, required, invalid, described as “The account numbers do not match.”
          button “Show Confirm account number”
          paragraph “The account numbers do not match.”
          status “The account numbers do not match.”, polite`,
  },
};

const PAGE = '<fieldset><form method="post"><button>Pay</button></form></fieldset>';

const CHROMIUM = ENGINES.filter((engine) => engine === 'chromium'); // the others' drivers show no such tree

inEngines(
  {},
  (scene) => {
    for (const [what, {attributes = '', reach, outline}] of Object.entries(OUTLINES))
      scene.onPage(`a screen reader is given ${what} as that, each thing once`, async (tab) => {
        const {stage} = scene;
        const element = `<sealed-fields ${attributes}></sealed-fields>`;
        stage.pages.set('/', snippet(stage, PAGE.replace('<button>', `${element}<button>`)));
        await tab.goto(stage.page);
        await allReady(tab);
        const [first = ''] = await tab.$eval('sealed-fields', ({state}) => Object.keys(state.fields));
        const frame = await frameWith(tab, first);
        await reach?.(tab, frame);
        const [, indent = ''] = /^\n( *)/.exec(outline) ?? [];
        await settle(() => outlineOf(frame), outline.split(`\n${indent}`).slice(1));
        const names = (await outlineOf(frame)).filter((line) => /^\s*(textbox|combobox|button)/.test(line));
        assert.equal(new Set(names.map((line) => /“.*?”/.exec(line)?.[0])).size, names.length);
      });
  },
  CHROMIUM,
);

/** Nodes that are there for the layout alone, and the letters within a control. */
const PASSED_BY = ['none', 'generic', 'MenuListPopup', 'InlineTextBox'];
const ROLES: Record<string, string> = {RootWebArea: 'document', LabelText: 'label', StaticText: 'text'};
const CONTROLS = ['textbox', 'combobox', 'button'];
/** Roles of which all that is in them is one text. */
const TEXTS = ['LabelText', 'paragraph', 'status', 'StaticText'];

/** The accessibility tree of a frame as Chromium gives it to the system. */
async function outlineOf(frame: Frame): Promise<string[]> {
  const {nodes} = await sessionOf(frame).send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const childrenOf = ({childIds = []}: Protocol.Accessibility.AXNode) =>
    childIds.flatMap((id) => byId.get(id) ?? []);
  const textOf = (node: Protocol.Accessibility.AXNode): string =>
    node.role?.value === 'StaticText' ? String(node.name?.value) : childrenOf(node).map(textOf).join('');
  const linesOf = (node: Protocol.Accessibility.AXNode): string[] => {
    const role = String(node.role?.value);
    if (node.ignored || PASSED_BY.includes(role)) return childrenOf(node).flatMap(linesOf);
    const isControl = CONTROLS.includes(role);
    const isText = TEXTS.includes(role);
    const own = isControl || role === 'RootWebArea' ? String(node.name?.value) : '';
    const name = isText ? textOf(node) : own;
    if (role === 'paragraph' && name === '') return [];
    const inner = isControl || isText ? [] : childrenOf(node).flatMap(linesOf);
    const line = `${ROLES[role] ?? role}${name && ` “${name}”`}${saidOf(node)}`;
    return [line, ...inner.map((each) => `  ${each}`)];
  };
  const [root] = nodes;
  return root === undefined ? [] : linesOf(root);
}

function saidOf({role, value, description, properties = []}: Protocol.Accessibility.AXNode): string {
  const is = (name: string) => properties.find((each) => each.name === name)?.value.value as unknown;
  const words = [
    value?.value && `holding “${String(value.value)}”`,
    is('focused') === true && role?.value !== 'RootWebArea' && 'focused',
    is('required') === true && 'required',
    is('readonly') === true && 'read only',
    is('disabled') === true && 'disabled',
    is('invalid') === 'true' && 'invalid',
    description?.value && `described as “${String(description.value)}”`,
    is('live') === 'polite' && 'polite',
    is('live') === 'assertive' && 'assertive',
  ];
  return words.map((word) => (word ? `, ${String(word)}` : '')).join('');
}
