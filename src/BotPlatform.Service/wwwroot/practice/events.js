// The session's events, for as long as the page is open: reconnects when the connection or the service goes away.
import { sessionPath, withToken } from "./api.js";

const AGAIN_MS = 2000;
const SILENCE_MS = 40000; // the service says something every 15 seconds

/** `on`: turn(turn), session(session), gone(), connected(), lost(). */
export function follow(session, on) {
  let source;
  let watch;
  let again;

  function connect() {
    clearTimeout(again);
    source?.close();
    source = new EventSource(withToken(`${sessionPath(session)}/events`));
    source.addEventListener("turn", (event) => heard(() => on.turn(JSON.parse(event.data))));
    source.addEventListener("session", (event) => heard(() => on.session(JSON.parse(event.data))));
    source.addEventListener("ping", () => heard(() => {}));
    source.addEventListener("gone", () => {
      stop();
      on.gone();
    });
    source.addEventListener("open", () => heard(() => {}));
    source.addEventListener("error", () => {
      on.lost();
      // The browser tries again by itself, with Last-Event-ID, unless the service answered with an error.
      if (source.readyState === EventSource.CLOSED) again = setTimeout(connect, AGAIN_MS);
    });
    listen();
  }

  function heard(act) {
    listen();
    on.connected();
    act();
  }

  function listen() {
    clearTimeout(watch);
    watch = setTimeout(() => {
      on.lost();
      connect();
    }, SILENCE_MS);
  }

  function stop() {
    clearTimeout(watch);
    clearTimeout(again);
    source.close();
  }

  addEventListener("online", () => source.readyState !== EventSource.OPEN && connect());
  connect();
  return stop;
}
