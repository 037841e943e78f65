// On a wide screen the list follows each choice; the focus and the folded parts come back as they were.
const form = document.getElementById("filters");
const wide = matchMedia("(width >= 60rem)");
const key = "filters-left-at";

function left() {
  const open = [...form.querySelectorAll("fieldset")].filter(set => set.querySelector("details[open]"));
  return { focus: [document.activeElement.name, document.activeElement.value], scroll: scrollY,
    open: open.map(set => set.querySelector("input").name) };
}

function comeBack({ focus: [name, value], scroll, open }) {
  for (const facet of open) form.querySelector(`fieldset:has([name="${facet}"]) details`)?.setAttribute("open", "");
  scrollTo(0, scroll);
  form.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)?.focus({ preventScroll: true });
}

if (form) {
  form.addEventListener("change", event => {
    if (!wide.matches || event.target.type !== "checkbox") return;
    try { sessionStorage.setItem(key, JSON.stringify(left())); } catch { /* then the page begins at its top */ }
    form.requestSubmit();
  });
  try {
    const last = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    if (last) comeBack(JSON.parse(last));
  } catch { /* storage is refused: nothing to come back to */ }
}
