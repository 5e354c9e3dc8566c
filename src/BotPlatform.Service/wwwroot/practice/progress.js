// Steps and time: how far the interview has come.
const STATES = { ahead: "ahead", open: "open", done: "done", declined: "skipped", cut: "cut short" };

export class Progress {
  #steps = document.getElementById("steps");
  #now = document.getElementById("step-now");
  #clock = document.getElementById("clock");
  #text = document.getElementById("clock-text");
  #state = document.getElementById("clock-state");
  #left = 0;
  #since = 0;
  #running = false;

  /** `back(step)`: the candidate wants to return to a step. */
  constructor(back) {
    for (const item of this.#steps.children) {
      item.querySelector("button").addEventListener("click", () => back(item.dataset.step));
    }
    setInterval(() => this.#tick(), 1000);
  }

  show(session) {
    const going = session.state === "interviewing" || session.state === "paused";
    if (!going) this.#now.textContent = session.state === "awaiting_consent" ? "" : "The interview is over";
    const begun = session.steps.some((step) => step.state !== "ahead");
    session.steps.forEach((step, i) => {
      const item = this.#steps.children[i];
      const current = begun && going && step.step === session.step;
      const button = item.querySelector("button");
      item.dataset.state = step.state;
      item.classList.toggle("current", current);
      button.disabled = !going || current || step.state === "ahead";
      button.title = button.disabled ? "" : "Go back to this step";
      item.querySelector(".step-state").textContent = current ? "now" : STATES[step.state];
      if (current) {
        item.setAttribute("aria-current", "step");
        this.#now.textContent = `${item.querySelector(".step-name").textContent} · step ${i + 1} of ${session.steps.length}`;
      } else {
        item.removeAttribute("aria-current");
      }
    });
    this.#left = session.time.left_s;
    this.#since = performance.now();
    this.#running = session.time.running;
    this.#clock.dataset.running = this.#running ? "yes" : "no";
    this.#clock.disabled = !going;
    this.#state.textContent = this.#running ? "" : going ? "stopped" : "";
    this.#tick();
  }

  #tick() {
    const gone = this.#running ? (performance.now() - this.#since) / 1000 : 0;
    const left = Math.max(0, Math.round(this.#left - gone));
    this.#text.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }
}
