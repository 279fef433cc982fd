// Speaks with the service. Every failure is an ApiProblem with a sentence in the interface language.

import { language, t } from "/static/i18n.js";

/** A request that did not work; the message can be shown as it is. */
export class ApiProblem extends Error {
  constructor(message, type = "") {
    super(message);
    this.type = type;
  }
}

/** Asks one question; history is the earlier turns, oldest first. Returns the answer object. */
export function ask(question, history) {
  return request("/v1/ask", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ question, history }),
  });
}

/** One page of reports; `address` is the `next` of the page before. */
export function listReports(address = "/v1/reports?limit=50") {
  return request(address);
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

async function request(address, options = {}) {
  let response;
  try {
    response = await fetch(address, { ...options, headers: { Accept: "application/json", ...options.headers } });
  } catch {
    throw new ApiProblem(t("offline"), "offline");
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  const detail = (language() === "zh" && body?.detail_zh) || body?.detail || `HTTP ${response.status}`;
  throw new ApiProblem(detail, body?.type ?? "");
}
