// The script that pages embed: defines <kaikaku-chat>, and loads the conversation itself when it is opened or seen.
(() => {
  "use strict";
  const WORDS = "./first_words";
  const CHAT = "./chat.js";
  const STYLE = "./chat.css";
  const LAUNCHER = `
    :host { all: initial; display: block; }
    :host([hidden]) { display: none; }
    .launcher {
      background: var(--kaikaku-accent, var(--color-primitive-blue-900, #0017c1));
      border: 2px solid var(--kaikaku-on-accent, #fff);
      border-radius: 2em;
      color: var(--kaikaku-on-accent, #fff);
      cursor: pointer;
      font: 700 max(1rem, 16px)/1.5 "Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", Meiryo, sans-serif;
      inset-block-end: 1em;
      inset-inline-end: 1em;
      max-inline-size: calc(100vw - 2em);
      min-block-size: 2.75em;
      padding: 0.5em 1.25em;
      position: fixed;
      word-break: auto-phrase;
      z-index: var(--kaikaku-layer, 2147483000);
    }
    .launcher:hover { text-decoration: underline; }
    .launcher:focus-visible { box-shadow: 0 0 0 2px #ffd43d; outline: 4px solid #000; outline-offset: 2px; }
    .launcher[aria-expanded="true"] { display: none; }
    .unloaded { font: max(1rem, 16px)/1.7 sans-serif; padding: 1em; }
    @media (forced-colors: active) { .launcher:focus-visible { outline-color: Highlight; } }
    @media print { .launcher { display: none; } }
  `;
  const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
  const base = new URL(".", script.src);
  let loading;
  let tries = 0;

  function load() {
    loading ??= Promise.all([load_module(), load_style()]).catch((error) => {
      loading = undefined;
      tries += 1;
      throw error;
    });
    return loading;
  }

  // Browsers remember that a module could not be loaded: another address is tried again.
  const load_module = () => import(new URL(CHAT, base) + (tries ? `?${tries}` : ""));

  async function load_style() {
    const response = await fetch(new URL(STYLE, base), { credentials: "omit" });
    if (!response.ok) throw new Error(`the style of the chat was not loaded: ${response.status}`);
    return style_of(await response.text());
  }

  function style_of(text) {
    const style = new CSSStyleSheet();
    style.replaceSync(text);
    return style;
  }

  class KaikakuChat extends HTMLElement {
    #chat;
    #launcher;

    connectedCallback() {
      if (this.shadowRoot) return;
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [style_of(LAUNCHER)];
      if (this.getAttribute("mode") === "launcher") this.#show_launcher();
      else this.#when_seen();
    }

    #show_launcher() {
      this.#launcher = document.createElement("button");
      this.#launcher.type = "button";
      this.#launcher.className = "launcher";
      this.#launcher.lang = this.#words.lang;
      this.#launcher.textContent = this.#words.open;
      this.#launcher.setAttribute("aria-expanded", "false");
      this.#launcher.addEventListener("click", () => this.#open(true));
      this.shadowRoot.append(this.#launcher);
      if (sessionStorageItem(this.#name)?.open) this.#open(false);
    }

    #when_seen() {
      const seen = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        seen.disconnect();
        this.#open(false);
      }, { rootMargin: "200px" });
      seen.observe(this);
    }

    async #open(takes_focus) {
      this.shadowRoot.querySelector(".unloaded")?.remove();
      try {
        const [{ Chat }, style] = await load();
        this.shadowRoot.adoptedStyleSheets = [...this.shadowRoot.adoptedStyleSheets.slice(0, 1), style];
        this.#chat ??= new Chat(this.shadowRoot, this.#options);
        this.#launcher?.setAttribute("aria-expanded", "true");
        await this.#chat.open(takes_focus);
      } catch (error) {
        console.warn("kaikaku-chat:", error);
        this.#tell_unloaded();
      }
    }

    #tell_unloaded() {
      const told = document.createElement("p");
      const again = document.createElement("button");
      told.className = "unloaded";
      told.lang = this.#words.lang;
      told.setAttribute("role", "alert");
      again.type = "button";
      again.textContent = this.#words.reload;
      again.addEventListener("click", () => this.#open(true));
      told.append(this.#words.unloaded, " ", again);
      this.shadowRoot.append(told);
    }

    #closed = () => {
      this.#launcher?.setAttribute("aria-expanded", "false");
      this.#launcher?.focus();
    };

    get #words() {
      const language = this.getAttribute("language");
      const known = Object.hasOwn(WORDS, language ?? "") ? language : "ja";
      return { ...WORDS[known], lang: known === "en" ? "en" : "ja" };
    }

    // Two widgets of a page remember their conversations apart.
    get #name() {
      const place = [...document.querySelectorAll("kaikaku-chat")].indexOf(this);
      return `kaikaku:${base.host}:${this.id || place}`;
    }

    get #options() {
      return {
        base,
        name: this.#name,
        floats: this.getAttribute("mode") === "launcher",
        language: this.getAttribute("language"),
        scope: { municipality: this.getAttribute("municipality"), plan: this.getAttribute("plan") },
        audience: this.getAttribute("audience") ?? "citizen",
        heading: this.getAttribute("heading"),
        closed: this.#closed,
      };
    }
  }

  function sessionStorageItem(name) {
    try {
      return JSON.parse(sessionStorage.getItem(name));
    } catch {
      return null;
    }
  }

  // <script src="…/widget.js" data-mode="launcher"> puts the widget on the page by itself.
  function place() {
    if (!("mode" in script.dataset) && document.querySelector("kaikaku-chat")) return;
    const chat = document.createElement("kaikaku-chat");
    chat.setAttribute("mode", "launcher");
    for (const [name, value] of Object.entries(script.dataset)) chat.setAttribute(name, value);
    if (chat.getAttribute("mode") === "launcher") document.body.append(chat);
    else script.after(chat);
  }

  if (!customElements.get("kaikaku-chat")) customElements.define("kaikaku-chat", KaikakuChat);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place, { once: true });
  else place();
})();
