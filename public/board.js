'use strict';
// The roster's board by pointer and keys. Each of these does what a form of the page does too; the server decides.
(() => {
  const HALF_HOUR = 30;
  // So many pixels of the grip are half an hour.
  const STEP = 14;
  const board = () => document.getElementById('board');
  const mover = () => document.querySelector('form[data-move]');
  const shifts = (root) => root.querySelectorAll('tr[data-staff] td a[href*="/shifts/"]:not(.btn)');
  const idOf = (link) => new URL(link.href).pathname.split('/').at(-1);
  const minutes = (text) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  const clock = (at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  const timesOf = (link) => link.textContent.trim().split('–').map(minutes);
  const cellOf = (element) => element.closest('tr[data-staff] > td');
  const placeOf = (cell) => {
    const head = cell.closest('table').tHead.rows[0].cells[cell.cellIndex];
    return head?.dataset.date && { staff: cell.parentNode.dataset.staff, date: head.dataset.date };
  };
  const cellAt = ({ staff, date }) => {
    const row = board().querySelector(`tr[data-staff="${staff}"]`);
    const heads = [...(row?.closest('table').tHead.rows[0].cells ?? [])];
    return row?.cells[heads.findIndex((head) => head.dataset.date === date)];
  };

  // While an answer is under way, also one to a link or a form of the board, all else waits for it: each counts on
  // the version and the cells that come with the one before.
  let busy = false;
  let marked = null;
  const waiting = [];
  /** Where the shift that was sent is now, and where somebody went while an answer was under way. */
  let sent = null;
  let went = null;
  const focus = (place) => place && cellAt(place)?.querySelector('a')?.focus();
  // What sends stops the others: they are done when its answer is here.
  const goOn = () => {
    const deed = busy ? undefined : waiting.shift();
    if (!deed) return;
    deed();
    goOn();
  };
  const send = (link, path, values, place) => {
    if (busy) return void waiting.push(() => send(link, path, values, place));
    const form = mover();
    if (!form) return;
    sent = place;
    void htmx.ajax('POST', `${form.dataset.move}/${idOf(link)}/${path}`, {
      source: form,
      target: '#board',
      swap: 'outerHTML',
      values,
    });
  };
  const settle = () => {
    // Another answer that htmx kept in its queue.
    if (busy) return;
    marked = null;
    board()?.removeAttribute('aria-busy');
    // An error is read first.
    const failed = document.querySelector('.error-summary');
    if (failed) waiting.length = 0;
    goOn();
    if (busy) return;
    if (!failed) focus(went ?? sent);
    sent = went = null;
  };
  addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
    if (ctx.target?.id !== 'board') return;
    busy = true;
    board().setAttribute('aria-busy', 'true');
  });
  addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
    if (ctx.target?.id !== 'board') return;
    busy = false;
    queueMicrotask(settle);
  });
  addEventListener('focusin', ({ target }) => {
    const cell = busy && cellOf(target);
    if (cell) went = placeOf(cell);
  });
  const move = (link, place, [from, to], copy = false) => {
    if (!place || from < 0 || to > 1440 || from >= to) return;
    const values = { ...place, from: clock(from), to: clock(to), ...(copy && { copy: 'yes' }) };
    send(link, 'move', values, place);
  };
  const swap = (link, other) => send(link, 'swap', { with: idOf(other) }, placeOf(cellOf(link)));

  const beside = (cell, days, people) => {
    let row = cell.parentNode;
    for (let left = Math.abs(people); left > 0 && row; left--)
      row = people > 0 ? row.nextElementSibling : row.previousElementSibling;
    const target = row?.cells[cell.cellIndex + days];
    return target && placeOf(target);
  };
  const mark = (link, as) => {
    marked?.link.classList.remove('taken');
    marked = marked?.link === link && marked.as === as ? null : { link, as };
    marked?.link.classList.add('taken');
  };
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  /** False where the key means nothing here. */
  const press = ({ key, code, shiftKey }, element) => {
    const link = element?.closest('tr[data-staff] td a');
    if (!link) return false;
    const cell = cellOf(link);
    if (marked?.as === 'copy' && code === 'KeyV')
      return move(marked.link, placeOf(cell), timesOf(marked.link), true);
    if (link.classList.contains('btn')) return false;
    const [from, to] = timesOf(link);
    if (shiftKey && ARROWS[key]) return move(link, beside(cell, ...ARROWS[key]), [from, to]);
    if (key === '+' || key === '=') return move(link, placeOf(cell), [from, to + HALF_HOUR]);
    if (key === '-') return move(link, placeOf(cell), [from, to - HALF_HOUR]);
    if (code === 'Comma') return move(link, placeOf(cell), [from - HALF_HOUR, to - HALF_HOUR]);
    if (code === 'Period') return move(link, placeOf(cell), [from + HALF_HOUR, to + HALF_HOUR]);
    if (code === 'KeyC') return mark(link, 'copy');
    if (code !== 'KeyX') return false;
    return marked?.as === 'swap' && marked.link !== link ? swap(marked.link, link) : mark(link, 'swap');
  };
  addEventListener('keydown', (event) => {
    const { key, code, shiftKey, target } = event;
    if (!mover() || event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return;
    if (busy && (target.closest('#board') || target === document.body)) {
      if (['Tab', 'Escape', 'Shift'].includes(key)) return;
      const place = went;
      waiting.push(() => {
        focus(place ?? sent);
        press({ key, code, shiftKey }, document.activeElement);
      });
      event.preventDefault();
    } else if (press({ key, code, shiftKey }, target) !== false) event.preventDefault();
  });

  // The pointer: a shift is dragged to another cell (with Ctrl a copy of it), or upon another shift to change places.
  let dragged = null;
  let over = null;
  const leave = () => {
    over?.classList.remove('over');
    over = null;
  };
  addEventListener('dragstart', (event) => {
    const link = event.target instanceof Element && event.target.closest('a[draggable="true"]');
    if (!link || !mover()) return;
    dragged = link;
    event.dataTransfer.effectAllowed = 'copyMove';
    event.dataTransfer.setData('text/plain', link.textContent);
  });
  addEventListener('dragend', () => {
    dragged = null;
    leave();
  });
  addEventListener('dragover', (event) => {
    const cell = dragged && event.target instanceof Element && cellOf(event.target);
    leave();
    if (!cell || !placeOf(cell) || cell === cellOf(dragged)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = event.ctrlKey ? 'copy' : 'move';
    over = cell;
    over.classList.add('over');
  });
  addEventListener('drop', (event) => {
    const cell = over;
    leave();
    if (!cell || !dragged) return;
    event.preventDefault();
    const other = event.target.closest('a[draggable="true"]');
    if (other && !event.ctrlKey) swap(dragged, other);
    else move(dragged, placeOf(cell), timesOf(dragged), event.ctrlKey);
  });

  // The grip behind a shift's hours: right is later, left is earlier.
  let held = null;
  addEventListener('pointerdown', (event) => {
    const grip = event.target instanceof Element && event.target.closest('.grip');
    if (!grip) return;
    const link = grip.previousElementSibling;
    const [from, to] = timesOf(link);
    held = { link, grip, from, to, end: to, x: event.clientX };
    grip.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  addEventListener('pointermove', (event) => {
    if (!held) return;
    const end = held.to + Math.round((event.clientX - held.x) / STEP) * HALF_HOUR;
    held.end = Math.min(1440, Math.max(held.from + HALF_HOUR, end));
    held.link.firstElementChild.textContent = `${clock(held.from)}–${clock(held.end)}`;
  });
  const release = (event) => {
    if (!held) return;
    const { link, from, to, end } = held;
    held = null;
    link.firstElementChild.textContent = `${clock(from)}–${clock(to)}`;
    if (event.type === 'pointerup' && end !== to) move(link, placeOf(cellOf(link)), [from, end]);
  };
  addEventListener('pointerup', release);
  addEventListener('pointercancel', release);

  const dress = () => {
    if (!mover()) return;
    for (const hint of document.querySelectorAll('[data-keys]')) hint.hidden = false;
    for (const link of shifts(board())) {
      if (link.draggable && link.getAttribute('draggable')) continue;
      link.setAttribute('draggable', 'true');
      const grip = document.createElement('span');
      grip.className = 'grip';
      grip.setAttribute('aria-hidden', 'true');
      link.after(grip);
    }
  };
  dress();
  addEventListener('htmx:after:swap', dress);
})();
