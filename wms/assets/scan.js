// A scanner that types: its characters come faster than any hand and end with Enter. They go to the run as one scan,
// wherever the focus is, and never stay in a field. What can't be sent now is kept and sent in order later; each scan
// carries its own id, so that a repeat gets the first answer.
"use strict";
(() => {
  const target = document.body.dataset.scan;
  if (!target) return;
  const FAST = 50; // ms between two characters of a scanner
  const SHORTEST = 4;
  const key = `cangxun ${target}`;
  const { state, show, redraw, sayKept } = window.cangxun;
  let typed = "";
  let last = 0;
  let field;
  let before = "";

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const quick = event.timeStamp - last < FAST;
    last = event.timeStamp;
    if (event.key === "Enter" || event.key === "Tab") {
      if (quick && typed.length >= SHORTEST) {
        event.preventDefault();
        event.stopPropagation();
        if (field) field.value = before;
        send(typed);
      }
      typed = "";
    } else if (event.key.length === 1) {
      if (!quick) {
        typed = "";
        field = event.target.matches("input, textarea") ? event.target : undefined;
        before = field?.value ?? "";
      }
      typed += event.key;
      // A space must not press the button that happens to have the focus in the middle of a scan.
      if (quick && !field) event.preventDefault();
    }
  }, true);

  // A code typed by hand, where there is no scanner.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-scan-form]")) return;
    event.preventDefault();
    const input = event.target.elements.code;
    if (input.value.trim()) send(input.value.trim());
    input.value = "";
  });
  // A command's button does what its barcode does.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-code]");
    if (button) press(button.dataset.code, Number(button.dataset.act));
  });

  function newId() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const kept = () => JSON.parse(localStorage.getItem(key) ?? "[]");
  function keep(scans) {
    localStorage.setItem(key, JSON.stringify(scans));
    state.waiting = state.online && scans.length < 2 ? [] : scans;
    show();
  }

  // When each was made, by the page's clock that is never set; one kept since before the page was loaded has none.
  const made = new Map();
  const age = (id) => (made.has(id) ? Math.round(performance.now() - made.get(id)) : undefined);

  function send(code, seen) {
    const id = newId();
    made.set(id, performance.now());
    keep([...kept(), { id, code, seen, at: Date.now() }]);
    flush();
  }

  // A button says what was on the screen when it was pressed, so that a press that comes late or twice does nothing new.
  // One that waits already is not put behind itself.
  function press(code, seen) {
    if (!kept().some((scan) => scan.code === code && scan.seen === seen)) send(code, seen);
  }

  let flushing = false;
  let told;
  async function flush() {
    if (flushing) return;
    flushing = true;
    try {
      for (let scans = kept(); scans.length; scans = kept()) {
        const answer = await fetch(target, {
          method: "POST",
          headers: { "content-type": "application/json", accept: "application/json" },
          body: JSON.stringify({ ...scans[0], age: age(scans[0].id) }),
        });
        // Signed out, or a fault of ours: kept, tried again later.
        if (answer.status === 401 || answer.status >= 500) throw new Error(String(answer.status));
        state.online = true;
        keep(kept().filter((scan) => scan.id !== scans[0].id));
        redraw();
      }
    } catch {
      state.online = false;
      keep(kept());
      const newest = kept().at(-1);
      if (newest && newest.id !== told) {
        told = newest.id;
        sayKept(newest.code);
      }
      setTimeout(flush, 2000);
    } finally {
      flushing = false;
    }
  }
  addEventListener("online", flush);
  if (kept().length) flush();
})();
