// The legend on the canvas, whose keys hide and show classes, and the drawer with all filters.

class Legend {
  constructor(page) {
    this.page = page;
    this.graph = page.graph;
    this.tops = this.countTops();
  }

  /** Top classes that have things, those with the most facts first in a fixed order of kinds. */
  countTops() {
    const { graph } = this, counts = new Map();
    for (const top of graph.top) counts.set(top, (counts.get(top) ?? 0) + 1);
    const order = [...STYLES.keys()];
    const rank = (top) => (order.indexOf(graph.classes[top].name) + order.length + 1) % (order.length + 1);
    return [...counts].map(([top, count]) => ({ top, count })).sort((a, b) => rank(a.top) - rank(b.top) || b.count - a.count);
  }

  membersOf(top) {
    return this.graph.classes.filter((each) => each.top === top).map((each) => each.name);
  }

  show(view) {
    const hidden = new Set(view.filter.hiddenClasses.split(",").filter(Boolean));
    byId("legend").replaceChildren(...this.tops.map(({ top, count }) => {
      const names = this.membersOf(top), off = names.every((name) => hidden.has(name));
      return el("button", {
        type: "button", class: "key", "aria-pressed": String(!off), "data-class": this.graph.classes[top].name,
        onclick: () => this.toggle(names, !off, hidden),
      }, swatch(this.page.palette.styles[top]), termName(this.graph.classes[top]), el("span", { class: "count" }, shownNumber(count)));
    }));
  }

  toggle(names, hide, hidden) {
    const next = new Set(hidden);
    for (const name of names) {
      if (hide) next.add(name);
      else next.delete(name);
    }
    this.page.filterBy({ hiddenClasses: [...next].sort().join(",") });
  }
}

class FilterDrawer {
  constructor(page) {
    this.page = page;
    this.graph = page.graph;
    this.body = byId("filters-body");
  }

  show(view) {
    if (byId("filters").hidden) return;
    const kept = document.activeElement?.closest("#filters") ? document.activeElement.id : null;
    const at = this.body.scrollTop;
    this.body.replaceChildren(
      el("p", {}, el("button", { type: "button", class: "small", id: "filter-reset", onclick: () => this.page.filterBy({ ...NO_FILTER }) }, say("reset"))),
      this.confidence(view.filter), ...this.dates(view.filter), this.classes(view.filter), this.predicates(view.filter), this.documents(view.filter));
    this.body.scrollTop = at;
    if (kept) byId(kept)?.focus();
  }

  confidence(filter) {
    const output = el("output", { for: "filter-confidence" }, `${filter.confidence}%`);
    return el("fieldset", {}, el("legend", {}, say("confidence"), " ", output), el("input", {
      type: "range", id: "filter-confidence", min: "0", max: "100", step: "5", value: String(filter.confidence), "aria-label": say("confidence"),
      oninput: (event) => { output.textContent = `${event.target.value}%`; },
      onchange: (event) => this.page.filterBy({ confidence: Number(event.target.value) }),
    }));
  }

  dates(filter) {
    const { dates } = this.graph;
    if (!dates.length) return [];
    const input = (name, words) => el("label", {}, `${say(words)} `, el("input", {
      type: "text", id: `filter-${name}`, value: filter[name], placeholder: name === "from" ? dates[0] : dates.at(-1),
      inputmode: "numeric", pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?", size: "11", maxlength: "10",
      onchange: (event) => { if (event.target.validity.valid) this.page.filterBy({ [name]: event.target.value }); },
    }));
    return [el("fieldset", {}, el("legend", {}, say("dates")), this.timeline(filter), el("p", { class: "dates" }, input("from", "from"), input("to", "to")),
      this.checkbox("filter-undated", say("undated"), filter.undated, (on) => this.page.filterBy({ undated: on })))];
  }

  /** Facts a day, month or year as bars. */
  timeline(filter) {
    const { graph } = this, counts = new Map();
    const months = new Set(graph.dates.map((date) => date.slice(0, 7)));
    const length = graph.dates.length <= 24 ? 10 : months.size <= 36 ? 7 : 4;
    for (const date of graph.date) {
      if (date < 0) continue;
      const key = graph.dates[date].slice(0, length);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const most = Math.max(...counts.values());
    const keys = [...counts.keys()].sort().slice(-60);
    return el("div", { class: "timeline", role: "group", "aria-label": say("dates") }, ...keys.map((key) => {
      const chosen = (filter.from || filter.to) && inRange(key, filter.from, filter.to);
      const bar = el("button", {
        type: "button", class: "bar", id: `bar-${key}`, "aria-pressed": String(Boolean(chosen)), title: `${key} · ${say("facts", { count: counts.get(key) })}`,
        "aria-label": `${key} · ${say("facts", { count: counts.get(key) })}`,
        onclick: (event) => this.page.filterBy(this.chosenDates(filter, key, event.shiftKey)),
      });
      bar.style.setProperty("--height", `${Math.max(6, Math.round(100 * Math.sqrt(counts.get(key) / most)))}%`);
      return bar;
    }));
  }

  /** A pressed bar chooses its stretch, or gives it up again; with Shift it widens what is chosen. */
  chosenDates(filter, key, widen) {
    if (widen && filter.from && filter.to) return { from: key < filter.from ? key : filter.from, to: key > filter.to ? key : filter.to };
    return filter.from === key && filter.to === key ? { from: "", to: "" } : { from: key, to: key };
  }

  checkbox(id, words, on, change, picture = null, count = null) {
    const input = el("input", { type: "checkbox", id, onchange: (event) => change(event.target.checked) });
    input.checked = on;
    return el("label", { class: "check" }, input, picture, el("span", {}, words), count === null ? null : el("span", { class: "count" }, shownNumber(count)));
  }

  classes(filter) {
    const { graph, page } = this, hidden = new Set(filter.hiddenClasses.split(",").filter(Boolean));
    const counts = new Map();
    for (const number of graph.class) counts.set(number, (counts.get(number) ?? 0) + 1);
    const rows = page.legend.tops.flatMap(({ top }) => graph.classes
      .map((each, number) => ({ each, number })).filter(({ each, number }) => each.top === top && counts.has(number))
      .map(({ each, number }) => this.checkbox(`filter-class-${each.name}`, termName(each), !hidden.has(each.name),
        (on) => page.legend.toggle([each.name], !on, hidden), swatch(page.palette.styles[number]), counts.get(number))));
    return el("fieldset", {}, el("legend", {}, say("classes")), ...rows);
  }

  predicates(filter) {
    const { graph, page } = this, hidden = new Set(filter.hiddenPredicates.split(",").filter(Boolean));
    const counts = graph.predicates.map(() => 0);
    for (const number of graph.predicate) counts[number] += 1;
    const set = (names) => page.filterBy({ hiddenPredicates: [...names].sort().join(",") });
    const rows = graph.predicates.map((each, number) => this.checkbox(`filter-predicate-${each.name}`, termName(each), !hidden.has(each.name), (on) => {
      const next = new Set(hidden);
      if (on) next.delete(each.name);
      else next.add(each.name);
      set(next);
    }, null, counts[number]));
    return el("fieldset", {}, el("legend", {}, say("predicates")), el("p", { class: "actions" },
      el("button", { type: "button", class: "small", id: "predicates-all", onclick: () => set([]) }, say("all")),
      el("button", { type: "button", class: "small", id: "predicates-none", onclick: () => set(graph.predicates.map((each) => each.name)) }, say("none"))), ...rows);
  }

  documents(filter) {
    const { documents } = this.graph, list = el("ul", { class: "documents" });
    const fill = (query) => {
      const wanted = folded(query);
      const found = documents.filter((each) => !wanted || folded([each.title, each.id, each.date, each.source].join(" ")).includes(wanted));
      const row = (id, words) => el("li", {}, el("button", {
        type: "button", class: "small", "aria-pressed": String(filter.document === id), onclick: () => this.page.filterBy({ document: id }),
      }, nameOf(words)));
      list.replaceChildren(row("", say("allDocuments")), ...found.slice(0, 40).map((each) => row(each.id, [each.title || each.id, each.date].filter(Boolean).join(" · "))));
      if (found.length > 40) list.append(el("li", { class: "quiet" }, say("moreDocuments", { count: found.length - 40 })));
    };
    fill("");
    return el("fieldset", {}, el("legend", {}, say("documents")), documents.length > 12 ? el("input", {
      type: "search", id: "filter-document", placeholder: say("findDocument"), "aria-label": say("findDocument"), oninput: (event) => fill(event.target.value),
    }) : null, list);
  }
}
