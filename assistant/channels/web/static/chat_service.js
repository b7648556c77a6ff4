// Questions out to the service and answers in, with a token that is renewed when it has expired.

// The service says something every 15 seconds, be it only that it is still there.
const PATIENCE_MS = 60_000;

/** Something that kept an answer from coming: `kind` is offline, failed or stopped. */
export class NoAnswer extends Error {
  constructor(kind, cause) {
    super(kind, { cause });
    this.kind = kind;
  }
}

export class Service {
  #base;
  #scope;
  #token;

  constructor(base, scope) {
    this.#base = base;
    this.#scope = scope;
  }

  /** Return an address of the service; anything that would lead elsewhere leads to its first page. */
  address(path) {
    const found = new URL(path, this.#base);
    return found.origin === this.#base.origin ? found.href : this.#base.href;
  }

  /** Return what the widget shows before anything is asked. */
  async begin() {
    const response = await this.#send("v1/widget/session", { scope: this.#scope });
    if (!response.ok) throw new NoAnswer("failed", new Error(`the session was not opened: ${response.status}`));
    const session = await response.json();
    this.#token = session.token;
    return session;
  }

  /** Return the whole answer; `on_status` and `on_delta` are told what comes before it. */
  async ask(question, { signal, on_status, on_delta }) {
    const connection = new AbortController();
    const end = () => connection.abort();
    let silence = setTimeout(end, PATIENCE_MS);
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(end, PATIENCE_MS);
    };
    signal.addEventListener("abort", end);
    try {
      const body = { ...question, scope: this.#scope, channel: "web" };
      const response = await this.#send_with_token("v1/ask/stream", body, connection.signal);
      if (!response.ok) throw new Error(`the service replied ${response.status}`);
      for await (const [event, data] of events(response, alive)) {
        if (event === "status") on_status(data.step);
        else if (event === "delta") on_delta(data.text);
        else if (event === "answer") return data;
        else if (event === "error") throw new Error(data.detail);
      }
      throw new Error("the stream ended before the answer");
    } catch (error) {
      throw new NoAnswer(signal.aborted ? "stopped" : navigator.onLine ? "failed" : "offline", error);
    } finally {
      clearTimeout(silence);
    }
  }

  /** Keep a rating; returns whether it was kept. */
  async rate(answer_id, rating, comment) {
    try {
      return (await this.#send_with_token("v1/feedback", { answer_id, rating, comment })).ok;
    } catch {
      return false;
    }
  }

  async #send_with_token(path, body, signal) {
    const response = await this.#send(path, body, signal);
    if (response.status !== 401) return response;
    await this.begin();
    return this.#send(path, body, signal);
  }

  #send(path, body, signal) {
    const headers = { "Content-Type": "application/json" };
    if (this.#token) headers["X-Kaikaku-Widget"] = this.#token;
    const given = { method: "POST", credentials: "omit", headers, body: JSON.stringify(body), signal };
    return fetch(new URL(path, this.#base), given);
  }
}

async function* events(response, alive) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    alive();
    text += value;
    const blocks = text.split(/\r?\n\r?\n/);
    text = blocks.pop();
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split(/\r?\n/).map((line) => line.split(/: ?(.*)/s)));
      if (fields.data !== undefined) yield [fields.event, JSON.parse(fields.data)];
    }
  }
}
