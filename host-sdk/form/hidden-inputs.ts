/**
 * Writes form values as hidden inputs into `element`, in place of the previous ones. As light-DOM children, they are part
 * of a plain POST, of `FormData` and of the form's `elements`. No browser restores them after Back.
 */
export function writeValues(element: Element, values: Readonly<Record<string, string>>): void {
  removeValues(element);
  const form = element.getAttribute('form');
  for (const [name, value] of Object.entries(values)) {
    const input = Object.assign(document.createElement('input'), {type: 'hidden', name, value});
    if (form !== null) input.setAttribute('form', form);
    element.append(input);
  }
}

/** Removes the inputs that {@link writeValues} has added. */
export function removeValues(element: Element): void {
  for (const input of element.querySelectorAll(':scope > input[type=hidden]')) input.remove();
}
