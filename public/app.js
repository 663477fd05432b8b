'use strict';
// A little help on top of pages that work without it. Nothing here decides anything.
(() => {
  // A form is sent once. The button stays able to send its name and value, and Back brings the form back ready.
  const sent = new WeakMap();
  const release = (form) => {
    sent.get(form)?.removeAttribute('aria-disabled');
    sent.delete(form);
  };
  addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post' || event.defaultPrevented) return;
    if (sent.has(form)) return event.preventDefault();
    const button = event.submitter ?? form.querySelector('button');
    sent.set(form, button ?? form);
    button?.setAttribute('aria-disabled', 'true');
    setTimeout(release, 10_000, form);
  });
  addEventListener('pageshow', () => document.querySelectorAll('form').forEach(release));
  addEventListener('htmx:finally:request', (event) => {
    const form = event.target.closest?.('form');
    if (form) release(form);
  });

  // What is wrong is read first, on a new page and after a swap.
  const focusErrors = () => document.querySelector('.error-summary')?.focus();
  focusErrors();
  addEventListener('htmx:after:swap', focusErrors);

  const offline = document.querySelector('[data-offline]');
  const tell = () => offline && (offline.hidden = navigator.onLine);
  addEventListener('online', tell);
  addEventListener('offline', tell);
  tell();

  // The account menu closes on Escape and on a click elsewhere.
  const menu = document.querySelector('details.me');
  addEventListener('click', (event) => menu?.open && !menu.contains(event.target) && (menu.open = false));
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu?.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
})();
