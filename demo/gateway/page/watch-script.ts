/**
 * The page's only script. After each change event it fetches the page again and replaces `main`; new rows get
 * the class `new`. The server renders all markup, so the script works where Trusted Types are required.
 */
export const WATCH_SCRIPT = `'use strict';
const live = document.querySelector('#live');
const events = new EventSource('/');
let isLoading = false;
let isStale = false;

events.onopen = () => showStatus('Live', true);
events.onerror = () => showStatus('The gateway does not answer', false);
events.onmessage = refresh;

function showStatus(text, isLive) {
  live.textContent = text;
  live.classList.toggle('on', isLive);
}

function refresh() {
  isStale = isLoading;
  if (isLoading) return;
  isLoading = true;
  const request = new XMLHttpRequest();
  request.open('GET', '/');
  request.responseType = 'document';
  request.onloadend = () => {
    isLoading = false;
    const main = request.response?.querySelector('main');
    if (main) show(main);
    if (isStale) refresh();
  };
  request.send();
}

function show(main) {
  const keys = (root) => [...root.querySelectorAll('[data-key]')];
  const known = new Set(keys(document).map((row) => row.dataset.key));
  for (const row of keys(main)) row.classList.toggle('new', !known.has(row.dataset.key));
  document.querySelector('main').replaceWith(main);
}
`;
