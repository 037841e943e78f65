// Suggestions while one types, on every input[data-suggest]; "/" and Ctrl+K lead to the search box.
// The forms work without this file. Pattern: an editable combobox with list autocomplete, chosen by hand.

const HEADINGS = { tools: "Tools", comparisons: "Comparisons", categories: "Categories" };
const PAUSE = 120;
const LEAST_WIDTH = 260;
let count = 0;

const make = (name, attributes, text = "") => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
};

const suggest = (input) => {
  const id = `suggestions-${++count}`;
  const severalNames = input.dataset.suggestMode === "names";
  const byName = severalNames || input.dataset.suggestMode === "name";
  // Of several names, apart by commas, the one in which the cursor stands.
  const edges = () => {
    const at = input.selectionStart ?? input.value.length;
    const start = severalNames ? input.value.lastIndexOf(",", at - 1) + 1 : 0;
    const end = severalNames ? input.value.indexOf(",", at) : -1;
    return [start, end < 0 ? input.value.length : end];
  };
  const typed = () => input.value.slice(...edges()).trim();
  const label = input.labels[0]?.textContent.trim() || "Search";
  const list = make("div", { id, role: "listbox", class: "suggestions", "aria-label": `${label}: suggestions`, hidden: "" });
  const status = make("div", { role: "status", "aria-live": "polite", class: "visually-hidden" });
  input.after(list, status);
  for (const [key, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
  })) input.setAttribute(key, value);

  let options = [];
  let active = -1;
  let timer = 0;
  let asked = null;

  const point = (place) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = options[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else input.removeAttribute("aria-activedescendant");
  };

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    point(-1);
    list.hidden = true;
    status.className = "visually-hidden";
    input.setAttribute("aria-expanded", "false");
  };

  // Under the input, as wide as it is or as can be read, and never beyond the box around it.
  const lay = (element) => {
    const room = input.offsetParent.clientWidth;
    const width = Math.min(Math.max(input.offsetWidth, LEAST_WIDTH), room);
    element.style.width = `${width}px`;
    element.style.left = `${Math.max(0, Math.min(input.offsetLeft, room - width))}px`;
    element.style.top = `${input.offsetTop + input.offsetHeight + 4}px`;
  };

  const open = () => {
    if (!options.length) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    lay(list);
  };

  const sayNothing = () => {
    status.textContent = byName ? "Nothing of that name" : "Nothing of that name. Enter searches the descriptions.";
    status.className = "suggestions suggestions-none";
    lay(status);
  };

  const choose = (option) => {
    close();
    if (byName) {
      const [start, end] = severalNames ? edges() : [0, input.value.length];
      const rest = input.value.slice(end) || (severalNames ? ", " : "");
      const before = `${input.value.slice(0, start)}${start ? " " : ""}${option.dataset.name}`;
      input.value = before + rest;
      input.focus();
      input.setSelectionRange(before.length + 2, before.length + 2);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    } else location.assign(option.dataset.url);
  };

  const show = (groups) => {
    point(-1);
    list.replaceChildren();
    options = [];
    for (const [key, rows] of Object.entries(groups)) {
      if (!rows.length || (byName && key !== "tools")) continue;
      const group = make("div", { role: "group", "aria-labelledby": `${id}-${key}` });
      group.append(make("div", { id: `${id}-${key}`, class: "suggestions-heading", role: "presentation" }, HEADINGS[key]));
      for (const row of rows) {
        const option = make("div", {
          id: `${id}-${options.length}`, role: "option", class: "suggestion", "aria-selected": "false",
          "data-url": row.url, "data-name": row.name,
        });
        option.append(make("span", { class: "suggestion-name" }, row.name));
        if (row.place) option.append(" ", make("span", { class: "suggestion-place" }, row.place));
        group.append(option);
        options.push(option);
      }
      list.append(group);
    }
    const found = options.length;
    close();
    status.textContent = found ? `${found} suggestion${found > 1 ? "s" : ""}, use the arrow keys` : "";
    if (document.activeElement !== input) return;
    if (found) open();
    else sayNothing();
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const asks = new URLSearchParams({ q: typed() });
      if (input.dataset.suggestBeside) asks.set("beside", input.dataset.suggestBeside);
      const url = `${input.dataset.suggest}?${asks}`;
      const answer = await fetch(url, { signal: asked.signal });
      if (answer.ok) show(await answer.json());
      else close();
    } catch {
      // Another letter was typed, or there is no network: the form still works.
    }
  };

  const keys = {
    ArrowDown: () => {
      if (list.hidden) open();
      if (!list.hidden) point(active + 1 < options.length ? active + 1 : -1);
      return !list.hidden;
    },
    ArrowUp: () => {
      if (list.hidden) return false;
      point(active < 0 ? options.length - 1 : active - 1);
      return true;
    },
    Enter: () => {
      const option = list.hidden ? null : options[active];
      if (option) choose(option);
      else close();
      return Boolean(option);
    },
    Escape: () => {
      const was = !list.hidden;
      close();
      return was;
    },
    Home: () => point(-1),
    End: () => point(-1),
    Tab: () => close(),
  };

  input.addEventListener("keydown", (event) => {
    if (!event.isComposing && keys[event.key]?.()) event.preventDefault();
  });
  input.addEventListener("input", () => {
    close();
    options = [];
    if (typed()) timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  addEventListener("resize", () => list.hidden || open());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
};

const isTyping = (element) => element.isContentEditable || /^(?:input|textarea|select)$/i.test(element.tagName);

// Who speaks to their computer may type a slash without meaning to: the about page has a switch.
const WITHOUT_SLASH = "without-slash";
const stored = () => {
  try {
    return localStorage.getItem(WITHOUT_SLASH);
  } catch {
    return null;
  }
};
const slashSwitch = document.querySelector("[data-slash-switch]");
if (slashSwitch) {
  const box = slashSwitch.querySelector("input");
  slashSwitch.hidden = false;
  box.checked = !stored();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(WITHOUT_SLASH);
      else localStorage.setItem(WITHOUT_SLASH, "1");
    } catch {
      box.checked = true; // Nothing can be remembered here.
    }
  });
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
document.addEventListener("keydown", (event) => {
  if (!event.key) return; // A browser that fills in a form may send such an event.
  const slash = event.key === "/" && !stored() && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
  const search = document.querySelector('input[type="search"][data-suggest]');
  if (search && (slash || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)))) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});
