// Elements from values: text is always text, and of HTML from the service only what an answer is made of is taken over.

// Finding phrases takes a browser the square of a text's length.
const LONG_TEXT = 1000;
const ANSWER_TAGS = new Set("P BR STRONG EM UL OL LI TABLE THEAD TBODY TR TH TD BLOCKQUOTE CODE".split(" "));

/** Return an element; names beginning with "on" are listeners, true is an attribute without value. */
export function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  if (children.flat().some((child) => typeof child === "string" && child.length > LONG_TEXT)) element.classList.add("long");
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false).map(plain));
  return element;
}

// Characters that make what follows run the other way show other words than there are.
function plain(child) {
  return typeof child === "string" ? child.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "") : child;
}

/** Return the button of an action. */
export function button(text, onclick, given = {}) {
  return make("button", { type: "button", onclick, ...given }, text);
}

/** Return a drawing of one path, which says nothing by itself. */
export function icon(path, name) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const line = document.createElementNS(space, "path");
  for (const [key, value] of Object.entries({ class: name, viewBox: "0 0 24 24", "aria-hidden": "true" })) {
    drawing.setAttribute(key, value);
  }
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}

/** Return the HTML of an answer as nodes, without any attribute. */
export function answer_nodes(html) {
  const parsed = new DOMParser().parseFromString(html_policy.createHTML(html), "text/html");
  return copies(parsed.body);
}

function copies(parent) {
  return [...parent.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [node.data];
    if (node.nodeType !== Node.ELEMENT_NODE) return [];
    return ANSWER_TAGS.has(node.tagName) ? [make(node.tagName, {}, copies(node))] : [node.textContent];
  });
}

// Pages that require trusted types allow the policy "kaikaku"; what it passes is only parsed, never put into a page.
const html_policy = globalThis.trustedTypes?.createPolicy("kaikaku", { createHTML: (html) => html }) ?? {
  createHTML: (html) => html,
};

/** Put `replace(number)` in the place of every [number] in the text below an element. */
export function replace_marks(element, replace) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const parts = text.data.split(/\[(\d+)\]/);
    if (parts.length > 1) text.replaceWith(...parts.map((part, at) => (at % 2 ? replace(Number(part)) : part)));
  }
}
