'use strict';
// A little help on top of pages that work without it. Nothing here decides anything.
(() => {
  // A form is sent once. The button stays able to send its name and value, and Back brings the form back ready.
  const sent = new Map();
  const release = (form) => {
    sent.get(form)?.removeAttribute('aria-disabled');
    sent.delete(form);
  };
  addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute('method') !== 'post') return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    const button = event.submitter ?? form;
    sent.set(form, button);
    button.setAttribute('aria-disabled', 'true');
    setTimeout(release, 10_000, form);
  });
  addEventListener('pageshow', () => [...sent.keys()].forEach((form) => release(form)));

  // What is wrong is read first: on a new page, and once after a swap that brought it.
  const read = new WeakSet();
  const focusErrors = () => {
    const summary = document.querySelector('.error-summary');
    if (!summary || read.has(summary)) return;
    read.add(summary);
    summary.focus();
  };
  focusErrors();
  addEventListener('htmx:after:swap', focusErrors);

  // What was sent before the place it is shown in was renewed (see hx-sync) is shown in the new one.
  addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
    if (ctx.target && !ctx.target.isConnected)
      ctx.target = document.getElementById(ctx.target.id) ?? ctx.target;
  });

  const offline = document.querySelector('[data-offline]');
  const tell = () => {
    if (offline) offline.hidden = navigator.onLine;
  };
  addEventListener('online', tell);
  addEventListener('offline', tell);
  tell();

  // The account menu closes on Escape and on a click elsewhere.
  const menu = document.querySelector('details.me');
  addEventListener('click', (event) => {
    if (menu?.open && !menu.contains(event.target)) menu.open = false;
  });
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu?.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
})();
