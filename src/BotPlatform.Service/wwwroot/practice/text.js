// What people write, as elements: always as text, never as markup.

/** Paragraphs, and blocks of code between lines of three backticks. */
export function renderText(text) {
  const fragment = document.createDocumentFragment();
  text.split(/^[ \t]*```[^\n]*$\n?/m).forEach((part, i) => {
    const isCode = i % 2 === 1;
    const body = isCode ? part.replace(/\n$/, "") : part.trim();
    if (!body) return;
    if (isCode) {
      const pre = document.createElement("pre");
      pre.tabIndex = 0;
      pre.append(element("code", "", body));
      fragment.append(pre);
      return;
    }
    for (const paragraph of body.split(/\n{2,}/)) {
      const p = element("p", "", paragraph);
      p.dir = "auto";
      fragment.append(p);
    }
  });
  return fragment;
}

export function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function button(text, className, onClick) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}
