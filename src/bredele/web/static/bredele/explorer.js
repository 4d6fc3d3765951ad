// The Data page's explorer: shows the request it makes and the answer it gets. Text only, never markup (Trusted Types).

const box = document.querySelector("[data-bredele-explorer]");
const part = (name) => box.querySelector(`[data-part="${name}"]`);

/** The cookie the API renders for signed-in callers; scripts may read it, that is what it is for. */
function token() {
  const pair = document.cookie.split("; ").find((item) => item.startsWith("csrftoken="));
  return pair === undefined ? "" : pair.slice("csrftoken=".length);
}

/** What the form asks for, empty and disabled fields left out. */
function question(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
}

/** Offer what the chosen dataset can be grouped by, and nothing of another one. */
function adapt({ dataset, by }) {
  let offered;
  for (const group of by.querySelectorAll("optgroup")) {
    const fits = group.dataset.of === dataset.value;
    group.hidden = group.disabled = !fits;
    if (fits) offered = group;
  }
  by.disabled = offered === undefined;
  if (offered !== undefined && by.selectedOptions[0]?.parentElement !== offered) offered.firstElementChild.selected = true;
}

/** Anonymous visitors read with GET: no cookie is needed and none is sent. */
function anonymous({ dataset, ...rest }) {
  const query = new URLSearchParams(rest).toString();
  return {
    method: "GET",
    url: new URL(`/api/v1/${dataset}${query === "" ? "" : `?${query}`}`, location.origin),
    headers: { Accept: "application/json" },
    credentials: "omit",
  };
}

/** Signed in, the question is posted with the token (CSRF), as the cookies policy says. */
async function signedIn(asked) {
  await fetch("/api/v1/session", { headers: { Accept: "application/json" } });
  return {
    method: "POST",
    url: new URL("/api/v1/query", location.origin),
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token() },
    credentials: "same-origin",
    body: JSON.stringify(asked),
  };
}

const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same request for a command line; what is secret is left for the reader to fill in. */
function asCurl({ method, url, headers, body }) {
  const lines = [`curl ${method === "GET" ? "" : `-X ${method} `}${quote(url.href)}`];
  for (const [name, value] of Object.entries(headers)) {
    lines.push(`  -H ${quote(`${name}: ${name === "X-CSRFToken" ? "…" : value}`)}`);
  }
  if (body !== undefined) lines.push(`  -b ${quote("sessionid=…; csrftoken=…")}`, `  -d ${quote(body)}`);
  return lines.join(" \\\n");
}

/** JSON indented; anything else as it came. */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function show(request) {
  part("request").textContent = asCurl(request);
  part("answer").textContent = "";
  part("status").textContent = box.dataset.working;
  part("result").hidden = false;
}

async function ask(form) {
  const asked = question(form);
  const request = "signedIn" in box.dataset ? await signedIn(asked) : anonymous(asked);
  show(request);
  const { url, ...options } = request;
  const answer = await fetch(url, options);
  const text = await answer.text();
  part("answer").textContent = pretty(text);
  part("status").textContent = `${answer.status} ${answer.statusText} · ${answer.headers.get("Content-Type") ?? ""}`;
}

if (box !== null) {
  const form = box.querySelector("form");
  form.elements.dataset.addEventListener("change", () => adapt(form.elements));
  adapt(form.elements);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form).catch((error) => {
      part("status").textContent = `${box.dataset.failed} ${error.message}`;
    });
  });
}
