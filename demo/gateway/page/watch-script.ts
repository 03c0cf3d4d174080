/**
 * The page's one script: whenever the gateway tells of a change, it fetches the page anew and puts the new `main`
 * in place of the old one. What was not there before is marked `new`. The server draws everything, so nothing
 * here makes markup, and Trusted Types may be required.
 */
export const WATCH_SCRIPT = `'use strict';
const live = document.querySelector('#live');
const news = new EventSource('/');
let isAsking = false;
let isStale = false;

news.onopen = () => tell('Live', true);
news.onerror = () => tell('The gateway does not answer', false);
news.onmessage = ask;

function tell(text, isLive) {
  live.textContent = text;
  live.classList.toggle('on', isLive);
}

function ask() {
  isStale = isAsking;
  if (isAsking) return;
  isAsking = true;
  const request = new XMLHttpRequest();
  request.open('GET', '/');
  request.responseType = 'document';
  request.onloadend = () => {
    isAsking = false;
    const main = request.response?.querySelector('main');
    if (main) show(main);
    if (isStale) ask();
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
