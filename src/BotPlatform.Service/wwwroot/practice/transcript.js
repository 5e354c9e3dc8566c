// The turns as a list: each once, in order, changed in place, with what is not taken yet at the end.
import { button, element, renderText } from "./text.js";

export class Transcript {
  #list;
  #actions;
  #turns = new Map();
  #pending = [];

  /** `actions`: edit(turn, text), remove(turn), again(item), drop(item). */
  constructor(list, actions) {
    this.#list = list;
    this.#actions = actions;
  }

  get size() {
    return this.#turns.size;
  }

  has(messageId) {
    return [...this.#turns.values()].some(({ turn }) => turn.id === messageId);
  }

  show(turn) {
    const known = this.#turns.get(turn.n);
    // After a broken connection all turns come again; one that is being edited must not be taken away.
    if (known && known.turn.text === turn.text && known.turn.deleted === turn.deleted) return;
    this.#draw(turn);
    if (!known) this.#divide();
  }

  /** Whether the candidate may still change what was said. */
  setOpen(open) {
    this.#list.classList.toggle("closed", !open);
  }

  showPending(items) {
    for (const line of this.#pending) line.remove();
    this.#pending = items.map((item) => this.#waiting(item));
    this.#list.append(...this.#pending);
  }

  editLast() {
    const own = this.#inOrder().filter(({ turn }) => turn.id && !turn.deleted);
    if (own.length > 0 && !this.#list.classList.contains("closed")) this.#edit(own.at(-1).turn);
  }

  reveal(n) {
    const line = this.#turns.get(n)?.line;
    if (!line) return;
    line.classList.add("revealed");
    line.tabIndex = -1;
    line.scrollIntoView({ block: "center" });
    line.focus({ preventScroll: true });
  }

  #inOrder() {
    return [...this.#turns.values()].sort((a, b) => a.turn.n - b.turn.n);
  }

  #draw(turn) {
    const line = this.#turn(turn);
    const known = this.#turns.get(turn.n);
    this.#turns.set(turn.n, { turn, line });
    if (known) {
      known.line.replaceWith(line);
    } else {
      const later = this.#inOrder().find((other) => other.turn.n > turn.n);
      this.#list.insertBefore(line, later?.line ?? this.#pending[0] ?? null);
    }
  }

  #turn(turn) {
    const line = element("li", `turn ${turn.speaker} ${turn.kind}`);
    line.id = `turn-${turn.n}`;
    const body = element("div", "body");
    body.append(turn.deleted ? element("p", "gone", "Message deleted") : renderText(turn.text));
    const who = element("p", "who", turn.speaker === "interviewer" ? "Interviewer" : "You");
    line.append(who, body);
    if (turn.id && !turn.deleted) {
      const own = element("span", "own");
      own.append(
        button("Edit", "link", () => this.#edit(turn)),
        button("Delete", "link", () => this.#actions.remove(turn)),
      );
      who.append(own);
    }
    return line;
  }

  #waiting(item) {
    const line = element("li", `turn candidate answer pending ${item.state}`);
    const body = element("div", "body");
    body.append(renderText(item.text));
    line.append(element("p", "who", "You"), body);
    if (item.state === "retrying") line.append(element("p", "note", "Not sent yet – retrying"));
    if (item.state === "refused") {
      const note = element("p", "note wrong", `Not taken: ${item.reason} `);
      note.append(
        button("Change it", "link", () => this.#actions.again(item)),
        button("Drop it", "link", () => this.#actions.drop(item)),
      );
      line.append(note);
    }
    return line;
  }

  #edit(turn) {
    const { line } = this.#turns.get(turn.n);
    const form = element("form", "edit");
    const field = element("textarea");
    field.value = turn.text;
    field.rows = Math.min(12, turn.text.split("\n").length + 1);
    field.setAttribute("aria-label", "Change your message");
    field.dir = "auto";
    const leave = () => {
      this.#draw(turn);
      this.#turns.get(turn.n).line.querySelector(".own button")?.focus();
    };
    form.append(
      field,
      element("button", "button small primary", "Save"),
      button("Cancel", "button small quiet", leave),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field.value.trim();
      if (text && text !== turn.text) this.#actions.edit(turn, text);
      leave();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") leave();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    line.querySelector(".body").replaceChildren(form);
    line.querySelector(".own")?.remove();
    field.focus();
  }

  // A heading where the interview comes to another step.
  #divide() {
    for (const old of this.#list.querySelectorAll(".divider")) old.remove();
    let step = null;
    for (const { turn, line } of this.#inOrder()) {
      const beforeAll = step === null && turn.kind === "notice";
      if (turn.step === step || beforeAll) continue;
      step = turn.step;
      const divider = element("li", "divider");
      divider.append(element("h2", "", step[0].toUpperCase() + step.slice(1)));
      this.#list.insertBefore(divider, line);
    }
  }
}
