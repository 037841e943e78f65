// Forms in which much is typed: characters counted, a preview that follows, a warning before text is lost.
const SOON = 1000; // Milliseconds without a letter before the preview follows.
const NEAR = 0.9; // From this share of what fits on, the count is said aloud.

function count(area) {
  const most = Number(area.dataset.most);
  const shown = document.createElement("p");
  const said = document.createElement("p");
  shown.className = "help characters";
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  area.after(shown, said);
  const tell = () => {
    const used = [...area.value].length;
    const left = most - used;
    shown.textContent = `${used.toLocaleString("en-GB")} of ${most.toLocaleString("en-GB")} characters`;
    shown.classList.toggle("characters-over", left < 0);
    const text = left < 0 ? "This is longer than fits." : used > most * NEAR ? "Little room is left." : "";
    if (said.textContent !== text) said.textContent = text;
  };
  area.addEventListener("input", tell);
  tell();
}

function warn(form) {
  let unsaved = "unsaved" in form.dataset;
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  addEventListener("beforeunload", event => { if (unsaved) event.preventDefault(); });
}

function follow(form, box) {
  const place = box.querySelector("[data-preview-text]");
  let timer = 0;
  let asked = null;
  const show = async () => {
    asked?.abort();
    asked = new AbortController();
    const data = new FormData(form);
    data.set("fragment", "1");
    try {
      const answer = await fetch(form.dataset.writing, { method: "POST", body: data, signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      place.innerHTML = await answer.text(); // Cleaned by the server, as on the page itself.
      box.hidden = false;
    } catch { /* Another letter was typed, or there is no network: the form still works. */ }
  };
  form.after(box);
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, SOON);
  });
  form.querySelector("[data-preview]").addEventListener("click", async event => {
    event.preventDefault();
    clearTimeout(timer);
    await show();
    document.getElementById("preview").focus();
  });
}

document.querySelectorAll("textarea[data-most]").forEach(count);
for (const form of document.querySelectorAll("form[data-writing]")) {
  warn(form);
  const box = document.getElementById("preview-box");
  if (box && form.dataset.writing) follow(form, box);
}
