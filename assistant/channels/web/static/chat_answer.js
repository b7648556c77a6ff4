// One answer of the service in, the article that shows it out: text, sources, choices, list, opinion.

import { answer_nodes, button, icon, make, replace_marks } from "./chat_dom.js";
import { MOST_ROWS } from "./chat_memory.js";

const FIRST_ROWS = 5;
const FIRST_CHOICES = 6;
// 👍; not every machine has letters for it.
const THUMB = "M2 10h4v11H2zM8 10l4-8c2 0 3 1 3 3l-1 4h6c1.5 0 2 1 2 2l-2 8c-.3 1-1 2-2 2H8z";
let ids = 0;

/** Return the article; `parts` gives say(name, values), ask(question), tell(sentence), and the service. */
export function answer_article(answer, parts) {
  const { say } = parts;
  const cards = make("div", { class: "cards" });
  const text = make("div", { class: "text", lang: parts.lang }, answer_nodes(answer.answer_html));
  if (is_list(answer)) text.querySelectorAll("ol").forEach((list) => list.remove());
  const marks = (number) => mark(number, answer, cards, parts);
  replace_marks(text, marks);
  return make(
    "article",
    { class: "turn answer", "aria-label": say("answer"), "data-outcome": answer.outcome },
    text,
    is_list(answer) && item_table(answer, marks, parts),
    cards,
    answer.outcome === "clarify" && choices(answer, parts),
    answer.outcome !== "clarify" && suggestions(answer, parts),
    tools(answer, parts),
  );
}

function is_list(answer) {
  return answer.outcome === "answered" && answer.items.length > 0 && answer.total !== null;
}

function mark(number, answer, cards, parts) {
  const citation = answer.citations.find((one) => one.number === number);
  if (!citation) return `[${number}]`;
  const link = make(
    "a",
    {
      class: "mark",
      href: parts.service.address(citation.url),
      target: "_blank",
      rel: "noopener",
      "aria-expanded": "false",
      "aria-label": parts.say("citation", { number }),
    },
    String(number),
  );
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggle_source(link, citation, cards, parts);
  });
  return link;
}

function toggle_source(link, citation, cards, parts) {
  const is_open = link.getAttribute("aria-expanded") === "true";
  for (const other of link.closest(".answer").querySelectorAll('.mark[aria-expanded="true"]')) {
    other.setAttribute("aria-expanded", "false");
  }
  cards.replaceChildren();
  if (is_open) return;
  const card = source_card(citation, parts, () => {
    toggle_source(link, citation, cards, parts);
    link.focus();
  });
  link.setAttribute("aria-expanded", "true");
  cards.append(card);
  const quote = card.querySelector("blockquote");
  if (quote.scrollHeight > quote.clientHeight) quote.tabIndex = 0;
  card.focus();
  card.scrollIntoView({ block: "nearest" });
}

function source_card(citation, { say, service }, close) {
  const heading = `source-${(ids += 1)}`;
  const places = [
    citation.page && say("page", { page: citation.page }),
    !citation.page && say("line", { line: citation.line_start }),
  ].filter(Boolean);
  const rows = [
    ["item", citation.item_title],
    ["document", [citation.title, citation.municipality].filter(Boolean).join("　")],
    ["section", citation.section.join(" ＞ ")],
    ["place", places.join("、")],
  ];
  const escape = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  return make(
    "section",
    { class: "card", tabindex: "-1", "aria-labelledby": heading, onkeydown: escape },
    make("h3", { id: heading }, say("citation", { number: citation.number })),
    citation.kind === "correction" && make("p", { class: "quiet" }, say("corrected")),
    make("blockquote", { lang: "ja" }, citation.quote),
    make("dl", {}, rows.filter(([, value]) => value).flatMap(([name, value]) => [
      make("dt", {}, say(name)), make("dd", { lang: "ja" }, value),
    ])),
    make(
      "p",
      { class: "actions" },
      outer_link(say("original"), service.address(citation.url)),
      citation.page_url && outer_link(say("picture"), service.address(citation.page_url)),
      button(say("close_source"), close, { class: "second" }),
    ),
  );
}

function outer_link(text, href) {
  return make("a", { href, target: "_blank", rel: "noopener" }, text);
}

function choices(answer, { say, ask }) {
  const given = answer.choices ?? [];
  if (!given.length) return undefined;
  const buttons = given.map(({ label, question }) => button(label, () => ask(question), { class: "second", lang: "ja" }));
  const group = make("div", { class: "choices", role: "group", "aria-label": say("choose") });
  group.append(...buttons.slice(0, FIRST_CHOICES));
  const rest = buttons.slice(FIRST_CHOICES);
  if (rest.length) {
    const more = button(say("more_choices", { count: rest.length }), () => {
      more.replaceWith(...rest);
      rest[0].focus();
    });
    group.append(more);
  }
  return [make("p", { class: "label" }, say("choose")), group];
}

function suggestions(answer, { say, ask, lang }) {
  if (!answer.suggestions.length) return undefined;
  const buttons = answer.suggestions.map((one) => button(one, () => ask(one), { class: "second", lang }));
  return [
    make("p", { class: "label" }, say("next")),
    make("div", { class: "choices", role: "group", "aria-label": say("next") }, buttons),
  ];
}

function item_table(answer, marks, parts) {
  const { say, service } = parts;
  const caption = say("list", { total: answer.total });
  // An item that several documents tell of is cited where the answer found it: there its id is another.
  const citation_of = (item) =>
    answer.citations.find((one) => one.item_id === item.id) ??
    answer.citations.find((one) => one.item_title === item.title);
  const row = (item) => make(
    "tr",
    { lang: "ja" },
    make("th", { scope: "row" }, item.title, citation_of(item) && marks(citation_of(item).number)),
    ...[item.owners.join("、"), years(item, say), item.progress].map((value) =>
      make("td", {}, value || make("span", { class: "quiet", lang: parts.lang }, say("not_stated")))),
  );
  const names = ["column_title", "column_owners", "column_years", "column_progress"];
  const body = make("tbody", {}, answer.items.slice(0, FIRST_ROWS).map(row));
  const box = make(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    make("table", {}, make("caption", {}, caption),
      make("thead", {}, make("tr", {}, names.map((name) => make("th", { scope: "col" }, say(name))))), body),
  );
  const actions = make("p", { class: "actions" });
  const board = answer.list_url;
  if (answer.items.length > FIRST_ROWS && (answer.total <= MOST_ROWS || !board)) {
    const all = button(say("all", { total: answer.total }), () => {
      body.append(...answer.items.slice(FIRST_ROWS).map(row));
      all.remove();
      box.focus();
    });
    actions.append(all);
  }
  if (board) actions.append(outer_link(say("board"), service.address(board)));
  return [box, actions];
}

function years(item, say) {
  return (item.target_fiscal_years ?? []).map((year) => say("year", { year })).join("、");
}

function tools(answer, parts) {
  const { say, service, tell } = parts;
  const rated = async (pressed, rating) => {
    const kept = await service.rate(answer.answer_id, rating);
    tell(say(kept ? "thanks" : "not_rated"));
    if (!kept) return;
    for (const one of group.querySelectorAll("[aria-pressed]")) one.setAttribute("aria-pressed", String(one === pressed));
    form.hidden = rating !== "down";
    if (!form.hidden) reason.focus();
  };
  const up = opinion(say("helpful"), "thumb", () => rated(up, "up"));
  const down = opinion(say("wrong"), "thumb turned", () => rated(down, "down"));
  const reason = make("textarea", { rows: "2", maxlength: "1000", id: `reason-${(ids += 1)}` });
  const send = async (event) => {
    event.preventDefault();
    const kept = !reason.value.trim() || (await service.rate(answer.answer_id, "down", reason.value.trim()));
    tell(say(kept ? "thanks" : "not_kept"));
    form.hidden = kept;
    if (kept) down.focus();
  };
  const form = make(
    "form",
    { class: "reason", hidden: true, onsubmit: send },
    make("label", { for: reason.id }, say("reason")),
    reason,
    make("button", { type: "submit", class: "second" }, say("send_reason")),
  );
  const copy = button(say("copy"), async () => tell(say((await copied(answer, parts)) ? "copied" : "not_copied")), {
    class: "plain",
  });
  const group = make("div", { class: "tools" }, up, down, copy);
  return [group, form];
}

function opinion(name, thumb, rate) {
  return make(
    "button",
    { type: "button", class: "plain", "aria-pressed": "false", onclick: rate },
    icon(THUMB, thumb),
    make("span", {}, name),
  );
}

async function copied(answer, { say, service }) {
  const sources = answer.citations.map((one) => `[${one.number}] ${one.title} ${service.address(one.url)}`);
  try {
    await navigator.clipboard.writeText([answer.answer, "", ...sources].join("\n"));
    return true;
  } catch {
    return false;
  }
}
