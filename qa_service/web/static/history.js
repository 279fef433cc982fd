// The questions that were asked in this browser. They are kept here and nowhere else, and can be deleted.

const STORED = "wenbao.history";
const KEPT_TURNS = 1000;
const KEPT_QUESTION = 2000;
const KEPT_ANSWER = 400;

/** "": fine; "full": early turns were dropped for want of room; "off": the browser does not store. */
export let state = "";

/**
 * Keeps one turn: {conversation, at, question, from, answer, mark}. One of the same conversation and time is replaced.
 * What other windows have kept meanwhile stays.
 */
export function keepTurn(turn) {
  if (turn.question.length > KEPT_QUESTION) return;
  const turns = readTurns().filter((each) => each.conversation !== turn.conversation || each.at !== turn.at);
  turns.push({ ...turn, answer: (turn.answer ?? "").slice(0, KEPT_ANSWER) });
  write(turns.slice(-KEPT_TURNS));
}

/** The conversations, the latest first: {id, title, at, turns}, its turns oldest first. */
export function listConversations() {
  const found = new Map();
  for (const turn of readTurns().sort((a, b) => a.at - b.at)) {
    const conversation = found.get(turn.conversation) ?? { id: turn.conversation, title: turn.question, at: 0, turns: [] };
    conversation.turns.push(turn);
    conversation.at = turn.at;
    found.set(turn.conversation, conversation);
  }
  return [...found.values()].sort((a, b) => b.at - a.at);
}

export function deleteConversation(id) {
  write(readTurns().filter((turn) => turn.conversation !== id));
}

export function deleteAll() {
  write([]);
}

/** A few letters that change when the text does (FNV-1a, 32 bits): tells whether an answer is still the same. */
export function markOf(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}

function readTurns() {
  try {
    const turns = JSON.parse(localStorage.getItem(STORED) ?? "[]");
    // Written by another version, or by hand: what is no turn is left out.
    return Array.isArray(turns) ? turns.filter((turn) => typeof turn?.question === "string" && typeof turn.conversation === "string" && Number.isFinite(turn.at)) : [];
  } catch {
    return [];
  }
}

function write(turns) {
  for (let kept = turns; ; kept = kept.slice(Math.ceil(kept.length / 4))) {
    try {
      if (kept.length > 0) localStorage.setItem(STORED, JSON.stringify(kept));
      else localStorage.removeItem(STORED);
      if (kept.length < turns.length) state = kept.length > 0 ? "full" : "off";
      return;
    } catch {
      if (kept.length === 0) {
        state = "off";
        return;
      }
    }
  }
}
