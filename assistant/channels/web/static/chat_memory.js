// What a reload of the page must not lose: the conversation, what is being typed, and how it is shown.

const MOST_EXCHANGES = 20;
export const MOST_ROWS = 200;
const SHOWN = ["id", "title", "municipality", "owners", "target_fiscal_years", "progress", "document_id", "line_start"];

export class Memory {
  #name;

  constructor(name) {
    this.#name = name;
  }

  /** Return what was kept for this tab. */
  recall() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#name)) ?? {};
    } catch {
      return {};
    }
  }

  /** Keep the state; where the page may keep nothing, or not so much, the conversation just ends with a reload. */
  keep(state) {
    for (const most of [MOST_EXCHANGES, 3, 0]) {
      try {
        const exchanges = most ? state.exchanges.slice(-most).map(lighter) : [];
        sessionStorage.setItem(this.#name, JSON.stringify({ ...state, exchanges }));
        return;
      } catch {
        continue;
      }
    }
  }
}

function lighter(exchange) {
  const answer = exchange.answer;
  if (!answer?.items?.length) return exchange;
  const items = answer.items.slice(0, MOST_ROWS + 1).map((item) =>
    Object.fromEntries(SHOWN.map((name) => [name, item[name]])));
  return { ...exchange, answer: { ...answer, items } };
}
