// The page to upload reports on: one file after the other, with progress, and what was read from each.

import { element } from "/static/element.js";
import { onLanguage } from "/static/frame.js";
import { language, t } from "/static/i18n.js";
import { setTitle } from "/static/staff-list.js";

const STORED = "wenbao.key";
const form = document.getElementById("upload");
const key = document.getElementById("key");
const files = document.getElementById("files");
const send = document.getElementById("send");
const results = document.getElementById("results");

/** Every file of this visit: {name, state, percent, status, body, stop}. state: waiting, sending, reading, done, stopped, offline. */
const jobs = [];
let isBusy = false;

async function work() {
  if (isBusy) return;
  isBusy = true;
  send.disabled = true;
  for (let job = next(); job; job = next()) await upload(job);
  send.disabled = false;
  isBusy = false;
}

const next = () => jobs.find((job) => job.state === "waiting");

/** XMLHttpRequest, because fetch does not tell how much of a file has gone. */
function upload(job) {
  return new Promise((resolve) => {
    const sending = new XMLHttpRequest();
    const end = (state) => {
      job.state = state;
      job.stop = null;
      draw(job);
      announce(job);
      resolve();
    };
    job.state = "sending";
    job.stop = () => sending.abort();
    sending.upload.addEventListener("progress", (event) => {
      job.percent = event.lengthComputable ? Math.floor((100 * event.loaded) / event.total) : 0;
      showPercent(job);
    });
    sending.upload.addEventListener("load", () => {
      job.state = "reading";
      // What has arrived is read to its end.
      job.stop = null;
      draw(job);
    });
    sending.addEventListener("load", () => {
      job.status = sending.status;
      job.body = parse(sending.responseText);
      end("done");
    });
    sending.addEventListener("error", () => end("offline"));
    sending.addEventListener("abort", () => end("stopped"));
    sending.open("POST", "/v1/reports");
    sending.setRequestHeader("Authorization", `Bearer ${job.key}`);
    const body = new FormData();
    body.append("file", job.file, job.name);
    draw(job);
    sending.send(body);
  });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function draw(job) {
  job.node.replaceChildren(element("h3", {}, job.name), ...renderState(job));
}

/** Moves the bar without making it anew: the button beside it keeps the focus. */
function showPercent(job) {
  job.node.querySelector("progress")?.setAttribute("value", String(job.percent));
  const words = job.node.querySelector(".percent");
  if (words) words.textContent = t("upload_sending", { percent: job.percent });
}

/** Says what became of a file, once. */
function announce(job) {
  const said = job.node.querySelector(".success, .problem, .notice");
  document.getElementById("announced").textContent = `${job.name}: ${said?.textContent ?? ""}`;
}

function renderState(job) {
  switch (job.state) {
    case "waiting":
      return [element("p", { class: "quiet" }, t("upload_waiting"))];
    case "sending":
      return [
        element("progress", { max: "100", value: String(job.percent), "aria-label": t("upload_sending", { percent: "" }) }),
        element("p", { class: "quiet" }, element("span", { class: "percent" }, t("upload_sending", { percent: job.percent })), " ", element("button", { type: "button", class: "plain", onclick: () => job.stop?.() }, t("upload_stop"))),
      ];
    case "reading":
      return [element("progress", { "aria-label": t("upload_reading") }), element("p", { class: "quiet" }, t("upload_reading"))];
    case "stopped":
      return [element("p", { class: "notice" }, t("upload_stopped"))];
    case "offline":
      return [element("p", { class: "problem" }, t("offline")), renderAgain(job)];
    default:
      return renderOutcome(job);
  }
}

function renderOutcome(job) {
  if (job.status >= 400 || !job.body) {
    const said = (language() === "zh" && job.body?.detail_zh) || job.body?.detail || `HTTP ${job.status}`;
    return [element("p", { class: "problem" }, element("strong", {}, t("upload_refused")), `: ${said}`), renderAgain(job)];
  }
  if (!job.body.reports) return renderRead(job.body);
  return [
    ...job.body.reports.flatMap((each) => [element("h4", {}, each.file), ...renderRead(each)]),
    ...job.body.refused.flatMap((each) => [
      element("h4", {}, each.file),
      element("p", { class: "problem" }, element("strong", {}, t("upload_refused")), `: ${language() === "zh" ? each.detail_zh : each.detail}`),
    ]),
  ];
}

function renderAgain(job) {
  const again = () => {
    job.key = key.value;
    job.state = "waiting";
    draw(job);
    work();
  };
  return element("p", {}, element("button", { type: "button", class: "button second", onclick: again }, t("retry")));
}

function renderRead(read) {
  return [
    element(
      "p",
      { class: "success" },
      element("a", { href: `/reports/${encodeURIComponent(read.report)}`, lang: "zh-CN" }, `${read.agency_name} ${read.year}`),
      ` · ${t(`outcome_${read.outcome}`, { revision: read.revision })} · ${t("read_figures", { count: read.figures })}`,
    ),
    read.problems.length > 0
      ? element("ul", { class: "problems" }, read.problems.map((problem) => element("li", { class: problem.severity }, language() === "zh" ? problem.message_zh || problem.message : problem.message)))
      : element("p", { class: "quiet small" }, t("no_problems")),
  ];
}

function remember(value) {
  try {
    if (value) sessionStorage.setItem(STORED, value);
    else sessionStorage.removeItem(STORED);
  } catch {
    // Storage may be switched off: then the key is typed again.
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(STORED) ?? "";
  } catch {
    return "";
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  remember(key.value);
  document.getElementById("results-section").hidden = false;
  for (const file of files.files) {
    const job = { name: file.name, file, key: key.value.trim(), state: "waiting", percent: 0, status: 0, body: null, stop: null, node: element("li", { class: "panel" }) };
    jobs.push(job);
    results.append(job.node);
    draw(job);
  }
  files.value = "";
  work();
});
document.getElementById("forget").addEventListener("click", () => {
  remember("");
  key.value = "";
  document.getElementById("key-note").textContent = t("key_forgotten");
  key.focus();
});
setTitle("upload");
onLanguage(() => jobs.forEach(draw));
key.value = remembered();
