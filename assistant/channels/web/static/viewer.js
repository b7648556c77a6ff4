// Brings the quote into the middle of the window; a line of another sheet is looked for there.
const viewer = document.querySelector(".viewer");

function show_line() {
  const line = /^#L(\d{1,7})$/.exec(location.hash);
  const target = line && document.getElementById(location.hash.slice(1));
  if (line && !target && !new URLSearchParams(location.search).has("lines")) {
    const address = new URL(viewer.dataset.address, location.href);
    address.searchParams.set("lines", line[1]);
    location.replace(address.href + location.hash);
    return;
  }
  const quote = document.querySelector(".lines mark");
  if (quote && (!target || target.contains(quote) || target.classList.contains("cited"))) quote.scrollIntoView({ block: "center", behavior: "instant" });
}

addEventListener("hashchange", show_line);
show_line();
