// The HTTP API as the pages use it.
const PATIENCE_MS = 15000;
const token = new URLSearchParams(location.search).get("token");

/** The service understood and said no; trying again would not help. */
export class Refused extends Error {}

/** No answer, or not now; the same request may be sent again. */
export class Unreachable extends Error {}

export function sessionPath(session) {
  return `/api/v1/sessions/${encodeURIComponent(session)}`;
}

/** An address that opens the session where it opens to its token only. */
export function withToken(path) {
  return token ? `${path}?token=${encodeURIComponent(token)}` : path;
}

export async function call(method, path, body, key) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  if (token) headers.Authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Unreachable("The service cannot be reached.");
  }
  if (response.ok) return;
  const problem = await response.json().catch(() => ({}));
  const detail = problem.detail ?? `The service answered ${response.status}.`;
  const later = response.status >= 500 || response.status === 429 || response.status === 408;
  throw later ? new Unreachable(detail) : new Refused(detail);
}

/** A new id; also where the page is served without TLS. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
