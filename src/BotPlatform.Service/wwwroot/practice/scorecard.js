// The scorecard: local dates, everything unfolded on paper, and the card itself once a model has graded.
import { follow } from "./events.js";
import { localTimes } from "./times.js";

const print = document.getElementById("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  for (const details of folded) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of folded) details.open = false;
});

const waiting = document.getElementById("waiting");
if (waiting) {
  const nothing = () => {};
  follow(waiting.dataset.session, {
    turn: nothing,
    session: (session) => session.state !== "grading" && location.reload(),
    gone: () => location.reload(),
    connected: nothing,
    lost: nothing,
  });
}

localTimes();
