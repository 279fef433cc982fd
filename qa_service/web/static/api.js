// Speaks with the service. Every failure is an ApiProblem with a sentence in the interface language.

import { language, t } from "/static/i18n.js";
import { readEvents } from "/static/stream.js";

/** A request that did not work; the message can be shown as it is. */
export class ApiProblem extends Error {
  constructor(message, type = "") {
    super(message);
    this.type = type;
  }
}

/** Asks one question; history is the earlier turns, oldest first. Returns the answer object. */
export function ask(question, history, signal) {
  return request("/v1/ask", { ...asking(question, history), signal });
}

/**
 * The same as a stream: `onDelta` is called with each piece of the answer's text as it comes. Where the stream breaks
 * before anything came, the question is asked once more without one.
 */
export async function askStream(question, history, { signal, onDelta }) {
  let hasBegun = false;
  try {
    const response = await fetch("/v1/ask/stream", { ...asking(question, history), signal });
    if (response.ok && response.body) {
      for await (const { event, data } of readEvents(response.body)) {
        hasBegun = true;
        if (event === "delta") onDelta(JSON.parse(data).text);
        else if (event === "answer") return JSON.parse(data);
        else if (event === "error") throw toProblem(JSON.parse(data));
      }
    } else if (![404, 405, 502, 504].includes(response.status)) {
      throw toProblem(await response.json().catch(() => null), response);
    }
  } catch (error) {
    if (signal?.aborted || error instanceof ApiProblem) throw error;
  }
  if (hasBegun) throw new ApiProblem(t("cut_off"), "cut_off");
  return ask(question, history, signal);
}

function asking(question, history) {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ question, history }),
  };
}

/** One page of reports; `address` is the `next` of the page before. */
export function listReports(address = "/v1/reports?limit=50") {
  return request(address);
}

/** The bodies of the collection with the years of their reports: {items, next}. */
export function listAgencies(limit = 1000) {
  return request(`/v1/agencies?limit=${limit}`);
}

const reports = new Map();

/** One report with sections, tables, checks and problems; kept, as a report of one id never changes. */
export function findReport(id) {
  if (!reports.has(id)) {
    const loading = request(`/v1/reports/${encodeURIComponent(id)}`);
    loading.catch(() => reports.delete(id));
    reports.set(id, loading);
  }
  return reports.get(id);
}

/** The JSON that an address answers. Raises ApiProblem; an aborted request raises what `fetch` does. */
export async function request(address, options = {}) {
  let response;
  try {
    response = await fetch(address, { ...options, headers: { Accept: "application/json", ...options.headers } });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiProblem(t("offline"), "offline");
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  throw toProblem(body, response);
}

function toProblem(document, response = null) {
  const detail = (language() === "zh" && document?.detail_zh) || document?.detail || (response ? `HTTP ${response.status}` : t("offline"));
  const seconds = Number(response?.headers.get("Retry-After"));
  return new ApiProblem(seconds > 0 ? `${detail} ${t("retry_after", { seconds })}` : detail, document?.type ?? "");
}
