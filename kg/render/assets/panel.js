// The side panel: a thing's facts with their sentences, the facts of a link, a path, or an overview.

// What a reader asks first; other predicates follow by name.
const FIRST_PREDICATES = ["startDate", "endDate", "location", "theme", "topic", "participantCount", "organizer", "coOrganizer",
  "editionOf", "editionNumber", "subEventOf", "worksFor", "founderOf", "speaksAt", "attends", "exhibitsAt", "releases", "develops"];
const FIRST_FACTS = 12; // of a group, until more are asked for
const OPEN_FACTS = 8; // so few facts show their sentences at once

class Panel {
  constructor(page) {
    this.page = page;
    this.graph = page.graph;
    this.body = byId("panel-body");
    this.heading = byId("panel-heading");
  }

  show(view) {
    this.body.replaceChildren();
    this.body.scrollTop = 0;
    if (view.path) this.showPath(view);
    else if (view.thing >= 0) this.showThing(view.thing);
    else if (view.link) this.showLink(view.link);
    else this.showOverview();
  }

  title(...children) {
    this.heading.replaceChildren(...children);
  }

  thingButton(thing, className = "thing") {
    const style = this.page.palette.of(thing);
    return el("button", { type: "button", class: className, onclick: () => this.page.openThing(thing), title: this.graph.className(thing) },
      swatch(style), nameOf(this.graph.labels[thing]));
  }

  button(words, action, attributes = {}) {
    return el("button", { type: "button", class: "small", onclick: action, ...attributes }, words);
  }

  showOverview() {
    const { graph, page } = this;
    this.title(say("overview"));
    const documents = graph.documents.length;
    this.body.append(el("p", { class: "quiet" }, say("counts", { things: graph.count, facts: graph.factCount, documents })));
    if (graph.leftOut) this.body.append(el("p", { class: "notice" }, say("leftOut", { kept: graph.count, left: graph.leftOut })));
    const byTop = new Map();
    for (let thing = 0; thing < graph.count; thing += 1) {
      const top = graph.top[thing];
      if (!byTop.has(top)) byTop.set(top, []);
      if (byTop.get(top).length < 6 && page.visible.thingOn[thing]) byTop.get(top).push(thing);
    }
    const order = page.legend.tops.map(({ top }) => top);
    for (const top of order) {
      const things = byTop.get(top) ?? [];
      if (!things.length) continue;
      this.body.append(el("h3", {}, `${termName(graph.classes[top])}`, el("span", { class: "quiet" }, ` · ${say("mostConnected")}`)));
      this.body.append(el("ul", { class: "things" }, ...things.map((thing) => el("li", {}, this.thingButton(thing),
        el("span", { class: "count" }, String(graph.degree[thing]))))));
    }
  }

  showThing(thing) {
    const { graph, page } = this;
    this.title(swatch(page.palette.of(thing)), nameOf(graph.labels[thing]));
    const cls = graph.classes[graph.class[thing]], top = graph.classes[cls.top];
    this.body.append(el("p", { class: "quiet" }, cls === top ? termName(cls) : `${termName(cls)} · ${termName(top)}`));
    const aliases = graph.aliases.get(thing) ?? [];
    if (aliases.length) this.body.append(this.aliasLine(aliases));
    this.body.append(this.actions(thing));
    const facts = [...graph.factsOf.of(thing)], shown = facts.filter((fact) => page.visible.factOn[fact]);
    if (!facts.length) this.body.append(el("p", {}, say("noFacts")));
    if (shown.length < facts.length) this.body.append(el("p", { class: "notice" }, say("hiddenFacts", { count: facts.length - shown.length })));
    for (const group of this.grouped(thing, shown)) this.body.append(this.factGroup(thing, group, shown.length));
  }

  aliasLine(aliases) {
    const shown = aliases.slice(0, 12).flatMap((alias, at) => [at ? "、" : " ", nameOf(alias)]);
    if (aliases.length > 12) shown.push(` ${say("seriesAndMore", { count: aliases.length - 12 })}`);
    return el("p", { class: "aliases" }, el("span", { class: "quiet" }, say("aliases")), ...shown);
  }

  actions(thing) {
    const { page } = this, { view } = page;
    const pressed = (hops) => String(view.hops === hops && view.centre === thing);
    return el("div", { class: "actions", role: "group" },
      this.button(`${say("neighbours")} ${say("oneHop")}`, () => page.focusOn(thing, 1), { "aria-pressed": pressed(1) }),
      this.button(say("twoHops"), () => page.focusOn(thing, 2), { "aria-pressed": pressed(2) }),
      this.button(say("pathTo"), () => page.startPath(thing)),
      this.button(say("locate"), () => page.locate(thing)),
      view.hops || view.path ? this.button(say("backToAll"), () => page.leaveFocus()) : null);
  }

  /** Facts by predicate and direction: values first, then what the thing does, then what is done to it. */
  grouped(thing, facts) {
    const { graph } = this, groups = new Map();
    for (const fact of facts) {
      const away = graph.subject[fact] === thing || graph.predicates[graph.predicate[fact]].symmetric;
      const kind = graph.object[fact] < 0 ? 0 : away ? 1 : 2;
      const key = `${kind} ${graph.predicate[fact]}`;
      if (!groups.has(key)) groups.set(key, { kind, predicate: graph.predicate[fact], facts: [] });
      groups.get(key).facts.push(fact);
    }
    const rank = ({ predicate }) => (FIRST_PREDICATES.indexOf(graph.predicates[predicate].name) + 99) % 99;
    return [...groups.values()].sort((a, b) => a.kind - b.kind || rank(a) - rank(b) || a.predicate - b.predicate);
  }

  factGroup(thing, { kind, predicate, facts }, total) {
    const term = this.graph.predicates[predicate];
    const heading = el("h3", {}, kind === 2 ? el("span", { class: "arrow", title: say("incoming"), "aria-label": say("incoming") }, "← ") : null, termName(term),
      facts.length > 1 ? el("span", { class: "count" }, String(facts.length)) : null);
    const list = el("ul", { class: "facts" });
    const open = total <= OPEN_FACTS;
    const more = (from) => {
      list.append(...facts.slice(from, from + FIRST_FACTS * (from ? 8 : 1)).map((fact) => this.factItem(fact, thing, open)));
      const left = facts.length - list.querySelectorAll(":scope > li.fact").length;
      list.querySelector(":scope > li.more")?.remove();
      if (left > 0) list.append(el("li", { class: "more" }, this.button(say("showMore", { count: left }), () => more(facts.length - left))));
    };
    more(0);
    return el("section", {}, heading, list);
  }

  factItem(fact, thing, open) {
    const { graph } = this;
    const other = graph.subject[fact] === thing ? graph.object[fact] : graph.subject[fact];
    const about = other >= 0 ? this.thingButton(other) : el("span", { class: "value" }, nameOf(readableDate(graph.objectText(fact))));
    return el("li", { class: "fact" }, el("div", { class: "line" }, about, ...this.chips(fact)), this.sentences(fact, open));
  }

  chips(fact) {
    const { graph } = this, chips = [];
    for (const name of ["role", "date", "amount"]) {
      const value = graph.qualifier(fact, name);
      if (value) chips.push(el("span", { class: `chip ${name}`, title: say(name) }, nameOf(value)));
    }
    const percent = Math.round(graph.confidence[fact] / 10);
    chips.push(el("span", { class: percent < 60 ? "chip low" : "chip sure", title: say("confidenceOf", { value: `${percent}%` }) }, `${percent}%`));
    return chips;
  }

  sentences(fact, open) {
    const { evidence } = this.page, count = evidence.count(fact);
    if (!count) return el("p", { class: "quiet" }, say("noEvidence"));
    const details = el("details", { class: "sentences", open }, el("summary", {}, say("sentences", { count })));
    const fill = () => {
      if (details.children.length > 1) return;
      const rows = evidence.of(fact);
      details.append(...rows.map((row) => this.sentence(row)));
      if (rows.length < count) details.append(el("p", { class: "quiet" }, say("moreSentences", { count: count - rows.length })));
    };
    if (open) fill();
    else details.addEventListener("toggle", fill, { once: true });
    return details;
  }

  sentence({ document, text, rule, marks }) {
    const source = el("footer", { title: `${say("rule")}: ${rule}` }, nameOf(document.title || document.id));
    for (const part of [document.date, document.source]) if (part) source.append(" · ", nameOf(part));
    return el("blockquote", {}, el("p", {}, ...markedText(text, marks)), source);
  }

  showLink([a, b]) {
    const { graph, page } = this;
    this.title(nameOf(graph.labels[a]), " — ", nameOf(graph.labels[b]));
    this.body.append(el("p", {}, this.thingButton(a), this.thingButton(b)), this.linkFacts(a, b, page.visible.factOn, true));
  }

  /** The facts between two things as sentences of subject, predicate and object. */
  linkFacts(a, b, factOn, open) {
    const { graph } = this, link = graph.linkBetween(a, b);
    const facts = link === undefined ? [] : [...graph.factsOfLink.of(link)].filter((fact) => factOn[fact]);
    return el("ul", { class: "facts" }, ...facts.map((fact) => el("li", { class: "fact" },
      el("div", { class: "line" }, nameOf(graph.labels[graph.subject[fact]]), el("b", {}, ` ${termName(graph.predicates[graph.predicate[fact]])} → `),
        nameOf(graph.objectText(fact)), ...this.chips(fact)), this.sentences(fact, open))));
  }

  showPath(view) {
    const { page } = this, path = page.pathThings;
    this.title(say("path"));
    this.body.append(el("p", {}, this.button(say("backToAll"), () => page.leaveFocus())));
    if (!path) {
      this.body.append(el("p", { class: "notice" }, say("noPath")), el("p", {}, ...view.path.map((thing) => this.thingButton(thing))));
      return;
    }
    this.body.append(el("p", {}, say("pathBetween", { steps: path.length - 1 })));
    const steps = el("ol", { class: "path" });
    path.forEach((thing, at) => {
      steps.append(el("li", {}, this.thingButton(thing), at + 1 < path.length ? this.linkFacts(thing, path[at + 1], page.visible.factOn, false) : null));
    });
    this.body.append(steps);
  }
}

/** A day and hour as people write it; any other text as it is. */
function readableDate(text) {
  return text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$/s, "$1 $2");
}

/** A sentence with its marks, as text and <mark> elements; offsets count code points. */
function markedText(text, marks) {
  const characters = [...text];
  const kinds = ["subject", "object", "trigger"];
  const ends = new Set([0, characters.length]);
  marks.forEach((at) => { if (at >= 0) ends.add(at); });
  const cuts = [...ends].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, number) => {
    const piece = characters.slice(start, cuts[number + 1]).join("");
    const kind = kinds.filter((_, at) => marks[2 * at] >= 0 && marks[2 * at] <= start && start < marks[2 * at + 1]);
    return kind.length ? el("mark", { class: kind.join(" ") }, piece) : piece;
  });
}
