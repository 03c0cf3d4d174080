/**
 * The clipped texts of a document with fields, each named by its element and not by its content, and `the document` if
 * anything overflows it. Self-contained, so that a driver can run it in a frame.
 */
export function clippedText(root: Document = document): string[] {
  const {clientWidth, scrollWidth, clientHeight, scrollHeight} = root.documentElement;
  const clipped = scrollWidth > clientWidth || scrollHeight > clientHeight ? ['the document'] : [];
  const ruler = root.createElement('canvas').getContext('2d');
  for (const node of root.querySelectorAll<HTMLElement>(
    'label, .brand, p:not(#announcement), button, input, select',
  )) {
    if (node.scrollWidth > node.clientWidth) clipped.push(`${node.localName} ${node.id}`);
    if (node.localName !== 'input' || ruler === null) continue;
    const input = node as HTMLInputElement;
    const {paddingLeft, paddingRight, borderLeftWidth} = getComputedStyle(input);
    const edges = parseFloat(paddingLeft) + parseFloat(paddingRight) + 2 * parseFloat(borderLeftWidth);
    const room = input.offsetWidth - edges; // Firefox leaves the padding out of an input's clientWidth
    for (const [text, part] of [[input.placeholder, '::placeholder'], [input.value]] as const) {
      const {fontWeight, fontSize, fontFamily} = getComputedStyle(input, part);
      ruler.font = `${fontWeight} ${fontSize} ${fontFamily}`; // `font` is empty with tabular digits
      if (ruler.measureText(text).width > room + 1) clipped.push(`the text of ${input.id}`);
    }
  }
  return clipped;
}
