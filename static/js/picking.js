// Long lists of boxes: one press ticks them all, another none.
for (const form of document.querySelectorAll("[data-picking]")) {
  const boxes = [...form.querySelectorAll("input[name=take]")];
  const place = form.querySelector("[data-picking-all]");
  if (place && boxes.length > 1) {
    for (const [words, state] of [["Tick all", true], ["Tick none", false]]) {
      const button = Object.assign(document.createElement("button"), {
        type: "button", className: "button button-quiet button-small", textContent: words,
      });
      button.addEventListener("click", () => boxes.forEach((box) => { box.checked = state; }));
      place.append(button, " ");
    }
  }
}
