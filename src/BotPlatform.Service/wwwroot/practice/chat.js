// The interview page: what arrives is shown, what the candidate does is sent.
import { withToken } from "./api.js";
import { Composer } from "./composer.js";
import { follow } from "./events.js";
import { Outbox } from "./outbox.js";
import { Progress } from "./progress.js";
import { Transcript } from "./transcript.js";

const NEAR_END_PX = 160;
const LONG_THOUGHT_MS = 20000;
const COMMAND_GRACE_MS = 2000;
const KEYS = { KeyH: "hint", KeyK: "skip", KeyB: "back", KeyF: "feedback", KeyP: "pause" };

const at = (id) => document.getElementById(id);
const page = at("interview");
const id = page.dataset.session;
const showsScorecard = page.dataset.showsScorecard === "yes";

let session = null;
let loaded = false;
let slow = 0;

const outbox = new Outbox(id, showUnsent);
const progress = new Progress((step) => outbox.command("back", step));
const composer = new Composer(id, send, () => transcript.editLast());
const transcript = new Transcript(at("transcript"), {
  edit: (turn, text) => outbox.edit(turn.id, text),
  remove: async (turn) => (await ask("delete-dialog")) === "delete" && outbox.remove(turn.id),
  again: (item) => {
    composer.set(item.text);
    composer.focus();
    outbox.forget(item.id);
  },
  drop: (item) => outbox.forget(item.id),
});

function send(text) {
  if (/^stop[.!]?$/i.test(text)) {
    command("stop");
    return;
  }
  outbox.message(text);
  toEnd();
}

async function command(name) {
  if (name === "stop" && (await ask("stop-dialog")) !== "stop") return;
  outbox.command(name === "pause" && session?.state === "paused" ? "resume" : name);
}

function ask(dialog) {
  const asked = at(dialog);
  asked.returnValue = "";
  asked.showModal();
  return new Promise((resolve) => asked.addEventListener("close", () => resolve(asked.returnValue), { once: true }));
}

// What arrives

const arrived = {
  turn(turn) {
    const stay = nearEnd();
    transcript.show(turn);
    if (turn.id) outbox.forget(turn.id);
    if (!loaded) return;
    if (turn.speaker === "interviewer") at("live").textContent = `Interviewer: ${turn.text}`;
    if (stay) toEnd();
    else at("to-end").hidden = false;
  },
  session(now) {
    const stay = nearEnd();
    session = now;
    showSession();
    if (!loaded) {
      loaded = true;
      const wanted = /^#turn-(\d+)$/.exec(location.hash);
      if (wanted) transcript.reveal(Number(wanted[1]));
      else toEnd("instant");
    } else if (stay) {
      toEnd();
    }
    if (session.state === "ended") stop();
  },
  gone() {
    session = { ...session, state: "gone" };
    showSession();
  },
  connected: () => (at("connection").hidden = true),
  lost: () => (at("connection").hidden = false),
};

function showSession() {
  const { state } = session;
  const going = state === "interviewing" || state === "paused";
  const assessed = session.mode === "assessed";
  if (session.title) at("title").textContent = session.title;
  if (state !== "gone") progress.show(session);
  transcript.setOpen(going);
  composer.hidden = !going;
  at("tools").hidden = !going;
  at("paused").hidden = state !== "paused";
  at("pause").textContent = state === "paused" ? "Resume" : "Pause";
  for (const button of document.querySelectorAll("[data-practice]")) button.hidden = assessed;
  at("consent").hidden = state !== "awaiting_consent";
  at("agree").textContent = assessed ? "I agree" : "Go on";
  at("swap").hidden = !session.can_swap;
  showOver();
  showThinking();
  setTimeout(dropCommands, COMMAND_GRACE_MS);
}

function showOver() {
  const over = at("over");
  const appears = over.hidden && loaded;
  over.hidden = !["ended", "grading", "gone"].includes(session.state);
  if (over.hidden) return;
  const scored = showsScorecard && session.scorecard;
  at("scorecard").hidden = !scored;
  at("scorecard").href = withToken(`/practice/${id}/scorecard`);
  at("over-text").textContent =
    session.state === "gone" ? "This session was deleted."
      : session.state === "grading" ? (showsScorecard ? "The interview is over. Waiting for the model: your scorecard will appear here, and you can come back later." : "The interview is over. Your answers are recorded.")
        : scored ? "The interview is over."
          : session.mode === "assessed" ? "The interview is over. Your answers are recorded."
            : "The interview is over. It ended before its first question, so there is nothing to score.";
  if (appears) over.focus();
}

function showThinking() {
  const thinking = session?.thinking || session?.state === "grading";
  clearTimeout(slow);
  at("thinking").hidden = !thinking;
  at("thinking-text").textContent = session?.state === "grading" ? "Scoring" : "The interviewer is reading";
  if (!thinking) return;
  slow = setTimeout(() => {
    at("thinking-text").textContent = session?.state === "grading" ? "Scoring takes longer than usual. You can come back later." : "This takes longer than usual. Your answers are safe.";
  }, LONG_THOUGHT_MS);
}

// A word such as "hint" is taken as a request and never becomes a turn.
function dropCommands() {
  if (!session || session.thinking) return;
  for (const item of outbox.items) {
    if (item.state === "taken" && Date.now() - item.since >= COMMAND_GRACE_MS / 2) outbox.forget(item.id);
  }
}

function showUnsent() {
  for (const item of outbox.items) if (transcript.has(item.id)) outbox.forget(item.id);
  transcript.showPending(outbox.items.filter((item) => item.kind === "message"));
  const stuck = outbox.items.find((item) => item.kind !== "message" && (item.state === "retrying" || item.state === "refused"));
  at("unsent").hidden = !stuck;
  if (!stuck) return;
  at("unsent").textContent = stuck.state === "retrying" ? "Not sent yet – retrying" : stuck.reason;
  if (stuck.state === "refused") setTimeout(() => outbox.forget(stuck.id), 6000);
}

// Scrolling: the end stays in view for who is there, and nobody else is moved.

function nearEnd() {
  return document.documentElement.scrollHeight - innerHeight - scrollY < NEAR_END_PX;
}

function toEnd(behavior = "auto") {
  at("to-end").hidden = true;
  requestAnimationFrame(() => scrollTo({ top: document.documentElement.scrollHeight, behavior }));
}

addEventListener("scroll", () => nearEnd() && (at("to-end").hidden = true), { passive: true });
at("to-end").addEventListener("click", () => toEnd());

// Buttons and keys

for (const button of document.querySelectorAll("[data-command]")) {
  button.addEventListener("click", () => command(button.dataset.command));
}
at("keys").addEventListener("click", () => ask("keys-dialog"));
addEventListener("keydown", (event) => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const name = KEYS[event.code];
  if (!name && event.code !== "KeyM") return;
  event.preventDefault();
  if (event.code === "KeyM") composer.focus();
  else if (!at("tools").hidden && !document.querySelector(`#tools [data-command="${name}"]`).hidden) command(name);
});

showUnsent();
const stop = follow(id, arrived);
outbox.run();
