// The conversation: what is shown in the shadow tree of <kaikaku-chat>, and what happens when somebody asks.

import { answer_article } from "./chat_answer.js";
import { button, make } from "./chat_dom.js";
import { Memory } from "./chat_memory.js";
import { NoAnswer, Service } from "./chat_service.js";

const LONGEST_QUESTION = 500;
const SLOW_MS = 8_000;
const LANGUAGES = [["ja", "日本語"], ["ja-easy", "やさしい日本語"], ["en", "English"]];
const SIZES = ["1", "2", "3"];

export class Chat {
  #root;
  #options;
  #memory;
  #service;
  #session;
  #state;
  #asking;
  #parts = {};

  constructor(root, options) {
    this.#root = root;
    this.#options = options;
    this.#memory = new Memory(options.name);
    this.#service = new Service(options.base, options.scope);
    const known = LANGUAGES.some(([code]) => code === options.language) ? options.language : "ja";
    this.#state = { exchanges: [], conversation_id: null, language: known, size: "1", draft: "", ...this.#memory.recall() };
    addEventListener("online", () => this.#session && this.#tell(this.#say("online")));
    addEventListener("offline", () => this.#session && this.#tell(this.#say("offline")));
  }

  /** Show the conversation, as it was left. */
  async open(takes_focus) {
    this.#session ??= await this.#service.begin();
    this.#keep({ open: true });
    this.#show();
    if (takes_focus) this.#parts.input.focus();
  }

  #close() {
    this.#keep({ open: false });
    this.#parts.panel.remove();
    this.#options.closed();
  }

  #say = (name, values = {}) => {
    const sentence = this.#session.wording[this.#state.language][name] ?? name;
    return sentence.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  };

  get #lang() {
    return this.#state.language === "en" ? "en" : "ja";
  }

  #keep(change) {
    Object.assign(this.#state, change);
    this.#memory.keep(this.#state);
  }

  // Everything is shown anew: when opened, and in another language.
  #show() {
    this.#parts.panel?.remove();
    const say = this.#say;
    const log = make("div", { class: "log", role: "log", "aria-label": say("log"), tabindex: "0" });
    const status = make("p", { class: "status", role: "status" });
    Object.assign(this.#parts, { log, status });
    const floats = this.#options.floats;
    this.#parts.panel = make(
      "section",
      {
        class: floats ? "panel floating" : "panel",
        role: floats ? "dialog" : "region",
        "aria-labelledby": "title",
        lang: this.#lang,
        "data-size": this.#state.size,
        onkeydown: (event) => floats && event.key === "Escape" && !event.isComposing && this.#close(),
      },
      this.#header(),
      log,
      status,
      this.#form(),
    );
    log.append(this.#welcome(), ...this.#state.exchanges.flatMap((exchange) => this.#articles(exchange)));
    this.#root.append(this.#parts.panel);
    if (this.#asking) this.#show_asking(true);
    log.scrollTop = this.#state.exchanges.length ? log.scrollHeight : 0;
  }

  #header() {
    const say = this.#say;
    const choice = (name, options, chosen, change) => make(
      "label",
      { class: "choice" },
      make("span", {}, say(name)),
      make("select", { onchange: (event) => change(event.target.value) },
        options.map(([value, text, lang]) => make("option", { value, lang, selected: value === chosen }, text))),
    );
    const languages = LANGUAGES.map(([code, name]) => [code, name, code === "en" ? "en" : "ja"]);
    const sizes = SIZES.map((size) => [size, say(`size_${size}`)]);
    return make(
      "header",
      {},
      make(
        "div",
        { class: "top" },
        make("h2", { id: "title" }, this.#options.heading ?? say("title")),
        this.#options.floats && button(say("close"), () => this.#close(), { class: "second" }),
      ),
      make(
        "div",
        { class: "settings" },
        choice("language", languages, this.#state.language, (language) => this.#change({ language }, "language")),
        choice("size", sizes, this.#state.size, (size) => this.#change({ size }, "size")),
        button(say("new"), () => this.#begin_anew(), { class: "second" }),
      ),
    );
  }

  #change(change, name) {
    this.#keep(change);
    this.#show();
    const at = name === "language" ? 0 : 1;
    this.#parts.panel.querySelectorAll("select")[at].focus();
  }

  #welcome() {
    const say = this.#say;
    const { contact, documents, updated, examples } = this.#session;
    const language = this.#state.language;
    const asked = examples[language].map((one) => button(one, () => this.#ask(one), { class: "second", lang: this.#lang }));
    return make(
      "div",
      { class: "welcome" },
      make("p", { class: "promise" }, say("promise")),
      make("p", {}, say("can")),
      make("p", {}, say("cannot")),
      updated[language] && make("p", { class: "quiet" }, say("updated", { date: updated[language] })),
      documents.length > 0 && make("details", {}, make("summary", {}, say("documents")),
        make("ul", { lang: "ja" }, documents.map((title) => make("li", {}, title)))),
      contact && make("p", { class: "quiet" }, `${say("contact")} `, make("span", { lang: "ja" }, contact)),
      asked.length > 0 && [make("p", { class: "label" }, say("examples")),
        make("div", { class: "choices", role: "group", "aria-label": say("examples") }, asked)],
    );
  }

  #form() {
    const say = this.#say;
    const count = make("span", { class: "count quiet", id: "count" });
    const error = make("p", { class: "error", id: "error", role: "alert" });
    const input = make("textarea", {
      id: "question",
      rows: "2",
      autocomplete: "off",
      "aria-describedby": "count error",
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#pressed(event),
    });
    input.value = this.#state.draft;
    const send = make("button", { type: "submit" }, say("send"));
    const stop = button(say("stop"), () => this.#asking?.abort(), { class: "second", hidden: true });
    Object.assign(this.#parts, { input, count, error, send, stop });
    const submit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    const form = make(
      "form",
      { class: "ask", onsubmit: submit },
      make("label", { for: "question" }, say("question")),
      input,
      error,
      make("div", { class: "actions" }, count, stop, send),
      make("p", { class: "quiet" }, say("promise")),
    );
    this.#typed();
    return form;
  }

  #pressed(event) {
    // Enter that ends the conversion of Japanese input is not meant for the form (229: Safari tells it so).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  }

  #typed() {
    const { input, count, error } = this.#parts;
    const length = [...input.value.trim()].length;
    const over = length - LONGEST_QUESTION;
    count.textContent = this.#say("count", { count: length });
    const told = over > 0 ? this.#say("too_long", { over }) : "";
    if (error.textContent !== told) error.textContent = told;
    input.toggleAttribute("aria-invalid", false);
    if (over > 0) input.setAttribute("aria-invalid", "true");
    if (input.value !== this.#state.draft) this.#keep({ draft: input.value });
    return length > 0 && over <= 0;
  }

  #submit() {
    const { input, error } = this.#parts;
    if (this.#asking) return;
    if (!this.#typed()) {
      if (!input.value.trim()) error.textContent = this.#say("empty");
      input.focus();
      return;
    }
    const question = input.value.trim();
    input.value = "";
    this.#typed();
    this.#ask(question);
  }

  #ask = (question) => {
    if (this.#asking) return;
    const exchange = { question, language: this.#state.language, answer: null };
    this.#keep({ exchanges: [...this.#state.exchanges, exchange] });
    this.#parts.log.append(this.#question_article(exchange));
    return this.#await_answer(exchange);
  };

  async #await_answer(exchange) {
    this.#asking = new AbortController();
    this.#show_asking(true);
    const draft = make("article", { class: "turn answer draft", "aria-hidden": "true" });
    this.#parts.log.append(draft);
    this.#scroll_to_end();
    const slow = setTimeout(() => this.#tell(this.#say("slow")), SLOW_MS);
    const { question, language } = exchange;
    const { conversation_id } = this.#state;
    try {
      const body = { question, conversation_id, audience: this.#options.audience, language };
      exchange.answer = await this.#service.ask(body, {
        signal: this.#asking.signal,
        on_status: (step) => this.#tell(this.#say(step)),
        on_delta: (text) => {
          draft.textContent += text;
          this.#scroll_to_end();
        },
      });
      exchange.kind = undefined;
      this.#keep({ conversation_id: exchange.answer.conversation_id });
    } catch (error) {
      exchange.kind = error instanceof NoAnswer ? error.kind : "failed";
      this.#keep({});
    } finally {
      clearTimeout(slow);
      draft.remove();
      this.#asking = undefined;
      this.#show_asking(false);
      this.#tell("");
    }
    // The answer comes into the log as a whole: a screen reader reads whole sentences, once.
    const article = this.#reply_article(exchange);
    this.#parts.log.append(article);
    this.#parts.log.scrollTop = (article.previousElementSibling ?? article).offsetTop;
  }

  #retry(exchange, article) {
    if (this.#asking) return;
    article.remove();
    this.#parts.input.focus();
    this.#await_answer(exchange);
  }

  #articles(exchange) {
    const is_waiting = this.#asking && exchange === this.#state.exchanges.at(-1);
    return [this.#question_article(exchange), ...(is_waiting ? [] : [this.#reply_article(exchange)])];
  }

  #question_article(exchange) {
    const text = make("p", { lang: exchange.language === "en" ? "en" : "ja" }, exchange.question);
    return make("article", { class: "turn question", "aria-label": this.#say("you") }, text);
  }

  #reply_article(exchange) {
    if (!exchange.answer) return this.#failure_article(exchange);
    return answer_article(exchange.answer, {
      say: this.#say,
      ask: this.#ask,
      tell: (sentence) => this.#tell(sentence),
      service: this.#service,
      lang: exchange.language === "en" ? "en" : "ja",
    });
  }

  #failure_article(exchange) {
    const retry = button(this.#say("retry"), () => this.#retry(exchange, article));
    const article = make("article", { class: "turn failure" }, make("p", {}, this.#say(exchange.kind ?? "failed")), retry);
    return article;
  }

  #begin_anew() {
    this.#asking?.abort();
    this.#keep({ exchanges: [], conversation_id: null, draft: "" });
    this.#show();
    this.#parts.input.focus();
    this.#tell(this.#say("new_done"));
  }

  #show_asking(is_asking) {
    const { send, stop, log } = this.#parts;
    if (stop.matches(":focus")) this.#parts.input.focus();
    send.hidden = is_asking;
    stop.hidden = !is_asking;
    log.setAttribute("aria-busy", String(is_asking));
  }

  #tell(sentence) {
    this.#parts.status.textContent = sentence;
  }

  #scroll_to_end() {
    this.#parts.log.scrollTop = this.#parts.log.scrollHeight;
  }
}
