// Where the candidate writes: grows with the text, keeps a draft across reloads.
const TALLEST = 0.4; // of the window

export class Composer {
  #form = document.getElementById("composer");
  #field = document.getElementById("text");
  #key;
  #touch = matchMedia("(pointer: coarse)").matches;

  /** `send(text)`, and `up()` for the arrow key in an empty field. */
  constructor(session, send, up) {
    this.#key = `draft:${session}`;
    this.#field.value = sessionStorage.getItem(this.#key) ?? "";
    this.#field.addEventListener("input", () => this.#changed());
    addEventListener("resize", () => this.#grow());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.#field.value.trim();
      if (!text) return;
      this.set("");
      send(text);
      this.focus();
    });
    this.#field.addEventListener("keydown", (event) => {
      // On a touch keyboard Enter is the only way to a new line, and Send is in reach.
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !this.#touch) {
        event.preventDefault();
        this.#form.requestSubmit();
      } else if (event.key === "ArrowUp" && this.#field.value === "") {
        event.preventDefault();
        up();
      }
    });
  }

  set hidden(hidden) {
    const appears = this.#form.hidden && !hidden;
    this.#form.hidden = hidden;
    if (!appears) return;
    this.#grow();
    if (!this.#touch && !document.querySelector("dialog[open]") && !location.hash) this.focus();
  }

  set(text) {
    this.#field.value = text;
    this.#changed();
  }

  focus() {
    this.#field.focus();
  }

  #changed() {
    sessionStorage.setItem(this.#key, this.#field.value);
    this.#grow();
  }

  #grow() {
    this.#field.style.height = "auto";
    const border = this.#field.offsetHeight - this.#field.clientHeight;
    const most = innerHeight * TALLEST;
    this.#field.style.height = `${Math.min(this.#field.scrollHeight + border, most)}px`;
  }
}
