// Pages that live: when something happened, the page is asked for again and only what differs is changed. Nothing
// blanks, focus and open lists stay. The stream's ids are act numbers, so a page that was away asks for what follows.
"use strict";
(() => {
  const body = document.body;
  const net = document.getElementById("net");
  let drawing = false;
  let again = false;
  let said = saidNow();
  let audio;

  function saidNow() {
    return document.querySelector("[data-said]")?.dataset.said;
  }

  function take(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    if (!fresh.getElementById("main")) return;
    Idiomorph.morph(body, fresh.body, {
      morphStyle: "outerHTML",
      callbacks: {
        // What somebody is typing into stays; so do the offline line and forms marked to be kept.
        beforeNodeMorphed: (old) =>
          !(old.id === "net" || (old.dataset && "keep" in old.dataset) ||
            (old === document.activeElement && old.matches("input, textarea, select"))),
        beforeNodeRemoved: (old) => !(old.dataset && "keep" in old.dataset),
        beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
      },
    });
    document.title = fresh.title;
    if (saidNow() !== said) {
      said = saidNow();
      tone(document.querySelector("[data-said]")?.dataset.verdict);
    }
    tick();
  }

  // One request at a time; what happens meanwhile asks for one more.
  async function redraw() {
    if (drawing) {
      again = true;
      return;
    }
    drawing = true;
    try {
      do {
        again = false;
        const answer = await fetch(location.href, { headers: { accept: "text/html" } });
        if (answer.redirected) location.assign(answer.url);
        else if (answer.ok) take(await answer.text());
      } while (again);
    } catch {
      // The stream says when the server is back, and draws then.
    } finally {
      drawing = false;
    }
  }

  // High and short for right, low and double for wrong, soft and single for stored.
  function tone(verdict) {
    const tones = { right: [[1760, 0, 0.09, 0.2]], wrong: [[220, 0, 0.16, 0.3], [220, 0.22, 0.16, 0.3]], stored: [[660, 0, 0.12, 0.08]] };
    if (!tones[verdict] || !audio || audio.state !== "running") return;
    for (const [hertz, from, seconds, loud] of tones[verdict]) {
      const voice = audio.createOscillator();
      const volume = audio.createGain();
      volume.gain.value = loud;
      voice.frequency.value = hertz;
      voice.connect(volume).connect(audio.destination);
      voice.start(audio.currentTime + from);
      voice.stop(audio.currentTime + from + seconds);
    }
  }

  // A browser makes sound only after the first touch or key.
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => {
      audio ??= new AudioContext();
      audio.resume();
    }, { once: true, capture: true });
  }

  // Elapsed times run on between two drawings.
  const skew = Number(body.dataset.now || 0) - Date.now();
  function tick() {
    for (const clock of document.querySelectorAll("[data-since]")) {
      // A run that is over shows how long it took.
      const until = Number(clock.dataset.until ?? Date.now() + skew);
      const seconds = Math.max(0, Math.floor((until - Number(clock.dataset.since)) / 1000));
      const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (clock.textContent !== text) clock.textContent = text;
    }
  }
  if (body.dataset.now) {
    tick();
    setInterval(tick, 1000);
  }

  // Offline is a state: said at the head of the page until it is over.
  const state = { online: true, waiting: [] };
  function show() {
    const waiting = state.waiting.length;
    net.hidden = state.online && waiting === 0;
    body.classList.toggle("offline", !state.online);
    if (net.hidden) return;
    const said = state.online ? net.dataset.sending : waiting ? net.dataset.waiting : net.dataset.offline;
    const text = said.replace("{count}", waiting);
    const list = state.waiting.map((scan) => `<li>… ${scan.code.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)}</li>`).join("");
    net.innerHTML = waiting ? `<details><summary>${text}</summary><ul>${list}</ul></details>` : text;
  }

  function listen() {
    const seen = body.dataset.seen ? `?after=${body.dataset.seen}` : "";
    const stream = new EventSource(body.dataset.live + seen);
    let wasCut = false;
    let worry;
    stream.onopen = () => {
      clearTimeout(worry);
      state.online = true;
      show();
      if (wasCut) redraw();
      wasCut = false;
    };
    stream.onmessage = (event) => {
      if (event.lastEventId) body.dataset.seen = event.lastEventId;
      redraw();
    };
    stream.onerror = () => {
      wasCut = true;
      clearTimeout(worry);
      worry = setTimeout(() => {
        state.online = false;
        show();
      }, 1000);
      // A browser gives up for good where the server answers with an error: begin anew.
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => { listen(); redraw(); }, 2000);
    };
  }
  if (body.dataset.live) listen();

  // Forms that need no new page: the answer is the page as it then is.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!("live" in form.dataset)) return;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form));
    if (event.submitter?.name) data.append(event.submitter.name, event.submitter.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { accept: "text/html" } });
      if (answer.ok && new URL(answer.url).pathname === location.pathname) take(await answer.text());
      else if (answer.ok) location.assign(answer.url);
      else { document.open(); document.write(await answer.text()); document.close(); }
      if ("reset" in form.dataset) form.reset();
    } catch {
      state.online = false;
      show();
    }
  });

  // What choosing changes at once.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  // What was kept because nobody could be asked is said in the same place as any answer.
  function sayKept(code) {
    const line = document.querySelector(".say");
    if (!line) return;
    line.className = "say stored";
    line.dataset.said = "kept";
    line.querySelector(".i").textContent = "…";
    line.querySelector(".i").nextElementSibling.textContent = net.dataset.stored.replace("{code}", code);
    tone("stored");
  }

  window.cangxun = { redraw, state, show, sayKept };
})();
