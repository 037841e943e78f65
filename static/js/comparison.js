// What makes a comparison handier: footnotes that open in place, the section one reads, a link to share.

const card = document.createElement("div");
card.className = "note-card";
card.popover = "auto";
card.tabIndex = -1;
card.setAttribute("role", "dialog");
card.setAttribute("aria-label", "Source");
let opener = null;

function fill(entry) {
  const parts = [...entry.children].map((part) => part.cloneNode(true));
  const all = document.createElement("p");
  const link = document.createElement("a");
  link.href = `#${entry.id}`;
  link.textContent = "In the list of sources";
  link.addEventListener("click", () => card.hidePopover());
  all.append(link);
  card.replaceChildren(...parts, all);
}

function place(link) {
  const at = link.getBoundingClientRect();
  const own = card.getBoundingClientRect();
  const edge = 16;
  const left = Math.max(edge, Math.min(at.left, document.documentElement.clientWidth - own.width - edge));
  const above = at.bottom + own.height + edge > innerHeight && at.top > own.height + edge;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(above ? at.top - own.height - 4 : at.bottom + 4) + scrollY}px`;
}

function release() {
  opener?.removeAttribute("aria-expanded");
  opener = null;
}

function open(link) {
  const entry = document.getElementById(link.hash.slice(1));
  if (!entry) return false;
  release();
  fill(entry);
  card.showPopover();
  place(link);
  card.focus({ preventScroll: true });
  opener = link;
  link.setAttribute("aria-expanded", "true");
  return true;
}

card.addEventListener("toggle", (event) => {
  if (event.newState === "closed") release();
});

// Tab leads on from the note, not from the end of the page, where the card stands.
card.addEventListener("keydown", (event) => {
  const links = [...card.querySelectorAll("a[href]")];
  const leaves = event.key === "Tab" && document.activeElement === (event.shiftKey ? (links[0] ?? card) : (links.at(-1) ?? card));
  if (!leaves && !(event.key === "Tab" && event.shiftKey && document.activeElement === card)) return;
  const from = opener;
  card.hidePopover();
  from?.focus();
  if (event.shiftKey) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.note");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (open(link)) event.preventDefault();
});

if (document.querySelector("a.note") && card.showPopover) document.body.append(card);

const jumps = new Map();
for (const link of document.querySelectorAll(".jump a")) {
  const target = document.getElementById(link.hash.slice(1));
  if (target) jumps.set(target, link);
}

function mark() {
  const ended = scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  let current = null;
  for (const target of jumps.keys()) {
    if (ended || target.getBoundingClientRect().top < innerHeight / 3) current = target;
  }
  for (const [target, link] of jumps) {
    if (target === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

if (jumps.size) {
  let waiting = false;
  const soon = () => {
    if (!waiting) requestAnimationFrame(() => { waiting = false; mark(); });
    waiting = true;
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  mark();
}

const copy = document.querySelector("[data-copy-link]");
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const said = copy.parentElement.querySelector("[role=status]");
    const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = "Copied";
    } catch {
      said.textContent = address;
    }
  });
}
