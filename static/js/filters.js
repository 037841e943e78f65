// On a wide screen the list follows each choice; the focus and the folded parts come back as they were.
const form = document.getElementById("filters");
const wide = matchMedia("(width >= 60rem)");
const key = "filters-left-at";

function left() {
  const open = [...form.querySelectorAll("details[open][id]")].map(fold => fold.id);
  return { focus: [document.activeElement.name, document.activeElement.value], scroll: scrollY, open };
}

function comeBack({ focus: [name, value], scroll, open }) {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  scrollTo(0, scroll);
  form.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)?.focus({ preventScroll: true });
}

if (form) {
  const button = form.querySelector(".browse-submit");
  const follow = () => { button.hidden = wide.matches; };
  follow();
  wide.addEventListener("change", follow);
  form.addEventListener("change", () => {
    if (!wide.matches) return;
    try { sessionStorage.setItem(key, JSON.stringify(left())); } catch { /* then the page begins at its top */ }
    form.requestSubmit();
  });
  try {
    const last = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    if (last) comeBack(JSON.parse(last));
  } catch { /* storage is refused: nothing to come back to */ }
}
