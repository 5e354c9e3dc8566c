// Start page: search among many problems, local dates, deleting a session after asking.
import { call, sessionPath } from "./api.js";
import { localTimes } from "./times.js";

const search = document.getElementById("search");
const cards = [...document.querySelectorAll("#problems .card")];

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const card of cards) {
    const text = card.textContent.toLowerCase();
    const matches = words.every((word) => text.includes(word));
    card.hidden = !matches;
    if (matches) shown++;
  }
  document.getElementById("no-match").hidden = shown > 0;
}

const searchLine = document.querySelector(".search");
if (cards.length >= Number(searchLine.dataset.from)) {
  searchLine.hidden = false;
  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

const dialog = document.getElementById("delete");
const confirmed = document.getElementById("delete-yes");
const wrong = document.getElementById("delete-wrong");
let line = null;

function ask(button) {
  line = button.closest("[data-session]");
  document.getElementById("delete-what").textContent = button.dataset.delete;
  wrong.hidden = true;
  dialog.showModal();
}

async function remove() {
  confirmed.disabled = true;
  try {
    await call("DELETE", sessionPath(line.dataset.session));
    line.remove();
    dialog.close();
    document.getElementById("mine-status").textContent = "Session deleted.";
    document.getElementById("mine").focus();
  } catch (error) {
    wrong.textContent = error.message;
    wrong.hidden = false;
  } finally {
    confirmed.disabled = false;
  }
}

confirmed.addEventListener("click", remove);
for (const button of document.querySelectorAll("[data-delete]")) {
  button.hidden = false;
  button.addEventListener("click", () => ask(button));
}

localTimes();
