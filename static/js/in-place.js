// A form or a link with data-in-place="#id" changes that part of the page alone: of the page that answers, the first
// element that the selector names takes the place of ours. Where that cannot be, the browser goes there as ever.
const status = document.createElement("div");
status.className = "visually-hidden";
status.role = "status";
document.body.append(status);

// The focus goes to what is to be mended or written, to the button that was pressed, or to the part as a whole.
const focus = (part, form) => {
  const same = form && `form[action="${CSS.escape(form.getAttribute("action"))}"] button`;
  const next = part.querySelector("[aria-invalid=true]") ?? part.querySelector(same || "textarea");
  if (!next) part.tabIndex = -1;
  (next ?? part).focus({ preventScroll: !!form });
};

const change = async (selector, url, options, form) => {
  const answer = await fetch(url, options);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(selector);
  const part = fresh && document.getElementById(fresh.id);
  if (!part) return answer.redirected ? location.assign(answer.url) : Promise.reject();
  part.replaceWith(fresh);
  focus(fresh, form);
  status.textContent = page.querySelector(".messages, main [role=alert]")?.textContent.trim() ?? "";
};

document.addEventListener("submit", event => {
  const { target: form, submitter } = event;
  if (!form.dataset.inPlace || form.ariaBusy) return;
  event.preventDefault();
  form.ariaBusy = "true";
  const body = new URLSearchParams(new FormData(form, submitter));
  change(form.dataset.inPlace, form.action, { method: "POST", body }, form).catch(() => form.requestSubmit(submitter));
});

document.addEventListener("click", event => {
  const link = event.target.closest?.("a[data-in-place]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  change(link.dataset.inPlace, link.href).catch(() => location.assign(link.href));
});
