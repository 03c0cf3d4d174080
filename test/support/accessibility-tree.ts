import type {Frame, Protocol} from 'puppeteer-core';
import {sessionOf} from './frames.ts';

type Node = Protocol.Accessibility.AXNode;

/** Roles of layout-only nodes, and of the parts of a control's text. */
const SKIPPED = ['none', 'generic', 'MenuListPopup', 'InlineTextBox'];
const ROLES: Record<string, string> = {RootWebArea: 'document', LabelText: 'label', StaticText: 'text'};
const CONTROLS = ['textbox', 'combobox', 'button'];
/** Roles whose content is a single text. */
const TEXTS = ['LabelText', 'paragraph', 'status', 'StaticText'];

/** The accessibility tree of a frame in Chromium: one indented line per node, with its name and states. */
export async function accessibilityTree(frame: Frame): Promise<string[]> {
  const {nodes} = await sessionOf(frame).send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const childrenOf = ({childIds = []}: Node) => childIds.flatMap((id) => byId.get(id) ?? []);
  const textOf = (node: Node): string =>
    node.role?.value === 'StaticText' ? String(node.name?.value) : childrenOf(node).map(textOf).join('');
  const linesOf = (node: Node): string[] => {
    const role = String(node.role?.value);
    if (node.ignored || SKIPPED.includes(role)) return childrenOf(node).flatMap(linesOf);
    const isControl = CONTROLS.includes(role);
    const isText = TEXTS.includes(role);
    const own = isControl || role === 'RootWebArea' ? String(node.name?.value) : '';
    const name = isText ? textOf(node) : own;
    if (role === 'paragraph' && name === '') return [];
    const inner = isControl || isText ? [] : childrenOf(node).flatMap(linesOf);
    const line = `${ROLES[role] ?? role}${name && ` “${name}”`}${statesOf(node)}`;
    return [line, ...inner.map((each) => `  ${each}`)];
  };
  const [root] = nodes;
  return root === undefined ? [] : linesOf(root);
}

function statesOf({role, value, description, properties = []}: Node): string {
  const is = (name: string) => properties.find((each) => each.name === name)?.value.value as unknown;
  const states = [
    value?.value && `value “${String(value.value)}”`,
    is('focused') === true && role?.value !== 'RootWebArea' && 'focused',
    is('required') === true && 'required',
    is('readonly') === true && 'read-only',
    is('disabled') === true && 'disabled',
    is('invalid') === 'true' && 'invalid',
    description?.value && `described as “${String(description.value)}”`,
    is('live') === 'polite' && 'polite',
    is('live') === 'assertive' && 'assertive',
  ];
  return states.map((state) => (state ? `, ${String(state)}` : '')).join('');
}
