// The search field: a combobox with a list of things to choose from.

class SearchBox {
  constructor(page) {
    this.page = page;
    this.search = new Search(page.graph);
    this.field = byId("search");
    this.list = byId("results");
    this.at = -1;
    this.field.addEventListener("input", () => this.show());
    this.field.addEventListener("focus", () => this.show());
    this.field.addEventListener("keydown", (event) => this.key(event));
    // a click on a result comes after the blur; who is back in the field meanwhile keeps the list
    this.field.addEventListener("blur", () => setTimeout(() => document.activeElement !== this.field && this.hide(), 150));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  show() {
    const query = this.field.value;
    const found = this.search.find(query);
    this.found = found;
    this.at = found.length ? 0 : -1;
    this.list.hidden = !query.trim();
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    this.list.replaceChildren(...found.map((thing, at) => this.option(thing, at, query)));
    if (!found.length) this.list.append(el("li", { class: "none" }, say("noResults", { query: query.slice(0, 60) })));
    this.mark();
  }

  option(thing, at, query) {
    const { graph, palette } = this.page;
    const label = graph.labels[thing], wanted = folded(query);
    const alias = folded(label).includes(wanted) ? null : (graph.aliases.get(thing) ?? []).find((each) => folded(each).includes(wanted));
    return el("li", { role: "option", id: `result-${at}`, onclick: () => this.choose(at) }, swatch(palette.of(thing)),
      el("span", { class: "name" }, nameOf(label), alias ? el("small", {}, " ", nameOf(alias)) : null),
      el("span", { class: "quiet" }, graph.className(thing)));
  }

  mark() {
    [...this.list.querySelectorAll("[role=option]")].forEach((row, at) => row.setAttribute("aria-selected", String(at === this.at)));
    if (this.at >= 0) {
      this.field.setAttribute("aria-activedescendant", `result-${this.at}`);
      byId(`result-${this.at}`)?.scrollIntoView({ block: "nearest" });
    } else this.field.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const count = this.found?.length ?? 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!count) return;
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.mark();
      event.preventDefault();
    } else if (event.key === "Enter" && this.at >= 0 && !event.isComposing) this.choose(this.at);
    else if (event.key === "Escape") { this.field.value = ""; this.hide(); this.field.blur(); }
  }

  choose(at) {
    const thing = this.found[at];
    this.field.value = "";
    this.hide();
    this.field.blur();
    this.page.pick(thing, { bring: true });
  }

  hide() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
  }
}
