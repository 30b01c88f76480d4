// The query page: everything a graph says reaches the page as text, never as markup.
"use strict";
const $ = (id) => document.getElementById(id);
const page = JSON.parse($("questions").textContent);
const most = 2000;

for (const question of page.questions) {
  const option = new Option(`${question.zh} · ${question.en}`, question.name);
  $("question").append(option);
}

function choose() {
  const question = page.questions.find((each) => each.name === $("question").value);
  if (question) $("query").value = question.text;
  parameters();
}

// one field for each $name in the query
function parameters() {
  const question = page.questions.find((each) => each.text === $("query").value);
  const kept = Object.fromEntries(values());
  $("parameters").replaceChildren();
  for (const parameter of question ? question.parameters : []) {
    const label = document.createElement("label");
    const field = document.createElement("input");
    field.name = `$${parameter.name}`;
    field.value = kept[field.name] || "";
    field.size = 40;
    label.append(`${parameter.zh} · ${parameter.en} `, field);
    $("parameters").append(label);
  }
}

function values() {
  return [...$("parameters").querySelectorAll("input")].filter((f) => f.value).map((f) => [f.name, f.value]);
}

const body = () => new URLSearchParams([["query", $("query").value], ...values()]);

function short(iri) {
  for (const [prefix, namespace] of page.prefixes) {
    const local = iri.slice(namespace.length);
    if (iri.startsWith(namespace) && !/[\/#]/.test(local)) return `${prefix}:${local}`;
  }
  return iri;
}

function cell(term) {
  const td = document.createElement("td");
  if (!term) return td;
  td.textContent = term.type === "uri" ? short(term.value) : term.value;
  if (term.type === "uri") td.title = term.value;
  return td;
}

function table(answer) {
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const name of answer.head.vars) {
    const th = document.createElement("th");
    th.textContent = name;
    head.append(th);
  }
  const rows = made.createTBody();
  for (const binding of answer.results.bindings.slice(0, most)) {
    rows.insertRow().append(...answer.head.vars.map((name) => cell(binding[name])));
  }
  return made;
}

function say(text, wrong) {
  $("status").textContent = text;
  $("status").className = wrong ? "error" : "";
}

async function run(event) {
  event?.preventDefault();
  say("…");
  $("result").replaceChildren();
  const began = performance.now();
  const accept = "application/sparql-results+json, text/turtle;q=0.9";
  let response;
  try {
    response = await fetch("/sparql", { method: "POST", headers: { Accept: accept }, body: body() });
  } catch {
    say("没有回应 no answer: is kg serve still running?", true);
    return;
  }
  const text = await response.text();
  if (!response.ok) return say(text, true);
  const seconds = ((performance.now() - began) / 1000).toFixed(2);
  if (!response.headers.get("Content-Type").includes("json")) {
    const pre = document.createElement("pre");
    pre.textContent = text;
    $("result").append(pre);
    return say(`${seconds} s`);
  }
  const answer = JSON.parse(text);
  if ("boolean" in answer) return say(`${answer.boolean} · ${seconds} s`);
  const count = answer.results.bindings.length;
  const shown = count > most ? `, ${most} shown` : "";
  $("result").append(table(answer));
  say(`${count} 行 rows${shown} · ${seconds} s`);
}

for (const link of document.querySelectorAll(".download")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const response = await fetch("/sparql", { method: "POST", headers: { Accept: link.dataset.type }, body: body() });
    if (!response.ok) return say(await response.text(), true);
    const made = document.createElement("a");
    made.href = URL.createObjectURL(await response.blob());
    made.download = link.dataset.type === "text/csv" ? "rows.csv" : "rows.json";
    made.click();
    URL.revokeObjectURL(made.href);
  });
}

$("question").addEventListener("change", () => { choose(); });
$("query").addEventListener("change", parameters);
$("form").addEventListener("submit", run);
document.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
$("query").value = "SELECT ?class (COUNT(*) AS ?things) {\n  ?thing a ?class\n} GROUP BY ?class ORDER BY DESC(?things)\n";
