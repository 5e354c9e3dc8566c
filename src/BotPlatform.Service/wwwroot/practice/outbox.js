// What the candidate sends: one after the other, kept across reloads, and sent again under the same id until the
// service has taken it, so that nothing is lost and nothing counts twice.
import { call, newId, Refused, sessionPath } from "./api.js";

const LONGEST_WAIT_MS = 10000;

export class Outbox {
  #items;
  #key;
  #path;
  #changed;
  #running = false;
  #wake = () => {};

  constructor(session, changed) {
    this.#key = `outbox:${session}`;
    this.#path = sessionPath(session);
    this.#changed = changed;
    this.#items = JSON.parse(sessionStorage.getItem(this.#key) ?? "[]");
    addEventListener("online", () => this.#wake());
  }

  /** Messages and requests in order; `state` is waiting, retrying, taken or refused. */
  get items() {
    return this.#items;
  }

  message(text) {
    const id = newId();
    this.#add({ id, kind: "message", text, method: "POST", path: "/messages", body: { id, text } });
  }

  command(command, step) {
    this.#add({ id: newId(), kind: "command", method: "POST", path: "/commands", body: { command, step } });
  }

  edit(message, text) {
    this.#add({ id: newId(), kind: "edit", method: "PATCH", path: `/messages/${encodeURIComponent(message)}`, body: { text } });
  }

  remove(message) {
    this.#add({ id: newId(), kind: "delete", method: "DELETE", path: `/messages/${encodeURIComponent(message)}` });
  }

  /** No longer of interest: it stands in the transcript, or the candidate has taken it back. */
  forget(id) {
    const before = this.#items.length;
    this.#items = this.#items.filter((item) => item.id !== id);
    if (this.#items.length !== before) this.#keep();
  }

  async run() {
    if (this.#running) return;
    this.#running = true;
    let wait = 1000;
    for (let item; (item = this.#items.find((i) => i.state === "waiting" || i.state === "retrying")); ) {
      try {
        await call(item.method, this.#path + item.path, item.body, item.id);
        wait = 1000;
        if (item.kind === "message") this.#set(item, "taken");
        else this.forget(item.id);
      } catch (error) {
        if (error instanceof Refused) {
          this.#set(item, "refused", error.message);
          continue;
        }
        this.#set(item, "retrying", error.message);
        await this.#sleep(wait);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
    this.#running = false;
  }

  #add(item) {
    this.#items = [...this.#items, { ...item, state: "waiting" }];
    this.#keep();
    this.run();
  }

  #set(item, state, reason) {
    Object.assign(item, { state, reason, since: Date.now() });
    this.#keep();
  }

  #keep() {
    sessionStorage.setItem(this.#key, JSON.stringify(this.#items));
    this.#changed();
  }

  #sleep(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
