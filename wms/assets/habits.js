// Habits of the web: a menu closes by Esc and by a touch outside; what was written is there after a reload.
const MENUS = 'details.menu[open], details.by-hand[open]';

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll(MENUS)) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});
document.addEventListener('pointerdown', (event) => {
  for (const menu of document.querySelectorAll(MENUS)) if (!menu.contains(event.target)) menu.open = false;
});

// A draft is its writer's: kept under their number, in this browser, until it was handed in and is no more asked for.
const HANDED_IN = 'cangxun handed in';
const key = (field) => `cangxun draft ${document.body.dataset.who} ${field.dataset.draft}`;

/** Storage may be full or forbidden: then there is no draft, and the page works on. */
function attempt(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}

const fields = [...document.querySelectorAll('[data-draft]')];
attempt(() => {
  const handed = sessionStorage.getItem(HANDED_IN);
  // A page that lives is the answer to what was handed in; a page of a fault is not.
  if (!handed || !document.body.dataset.live || fields.some((field) => key(field) === handed)) return;
  localStorage.removeItem(handed);
  sessionStorage.removeItem(HANDED_IN);
});
for (const field of fields) {
  const kept = attempt(() => localStorage.getItem(key(field)));
  if (kept) field.value = kept;
}
document.addEventListener('input', ({ target }) => {
  if (target.matches('[data-draft]')) attempt(() => localStorage.setItem(key(target), target.value));
});
document.addEventListener('submit', ({ target }) => {
  const field = target.querySelector('[data-draft]');
  if (field) attempt(() => sessionStorage.setItem(HANDED_IN, key(field)));
});
