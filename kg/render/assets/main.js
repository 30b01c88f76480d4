// Starts the page.

/** Writes the interface's words into the elements that the template marks for them. */
function writeWords() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-words]")) element.textContent = say(element.dataset.words);
  for (const element of document.querySelectorAll("[data-title]")) element.title = say(element.dataset.title);
  for (const element of document.querySelectorAll("[data-aria]")) element.setAttribute("aria-label", say(element.dataset.aria));
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
  byId("help-body").replaceChildren(...WORDS[language].helpText.map((line) => el("p", {}, line)));
}

function listenToButtons(page) {
  const on = (id, action) => byId(id).addEventListener("click", action);
  const toggle = (button, box, shown) => {
    byId(box).hidden = !shown;
    byId(button).setAttribute("aria-expanded", String(shown));
  };
  on("undo", () => page.travel(-1));
  on("redo", () => page.travel(1));
  on("fit", () => page.scene.fit(true));
  on("zoom-in", () => page.scene.zoomBy(1.4));
  on("zoom-out", () => page.scene.zoomBy(1 / 1.4));
  on("back", () => page.leaveFocus());
  on("picking-cancel", () => page.cancelPath());
  on("filter-toggle", () => { toggle("filter-toggle", "filters", byId("filters").hidden); page.filters.show(page.view); });
  on("filters-close", () => { toggle("filter-toggle", "filters", false); byId("filter-toggle").focus(); });
  on("panel-toggle", () => page.openPanel(byId("panel").hidden));
  on("panel-close", () => { page.openPanel(false); byId("canvas").focus(); });
  on("export-toggle", () => toggle("export-toggle", "export-menu", byId("export-menu").hidden));
  on("help-toggle", () => toggle("help-toggle", "help", byId("help").hidden));
  on("help-close", () => toggle("help-toggle", "help", false));
  on("export-picture", () => { toggle("export-toggle", "export-menu", false); exportPicture(page); });
  on("export-table", () => { toggle("export-toggle", "export-menu", false); exportTable(page); });
  on("copy-link", () => { toggle("export-toggle", "export-menu", false); copyLink(); });
  byId("copy-link").hidden = location.protocol === "about:"; // a notebook's frame has no address to share
  on("language", () => page.setLanguage(language === "zh" ? "en" : "zh"));
  on("theme", () => page.setTheme(!page.palette.dark));
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#export-toggle, #export-menu")) toggle("export-toggle", "export-menu", false);
  });
}

function copyLink() {
  const copied = navigator.clipboard?.writeText(location.href) ?? Promise.reject(new Error("no clipboard"));
  copied.then(() => announce(say("linkCopied"), { visibly: true }), () => announce(say("linkInBar"), { visibly: true }));
}

function listenToKeys(page) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
      event.preventDefault();
      page.travel(event.shiftKey ? 1 : -1);
    } else if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("search").focus();
    } else if (event.key === "Escape") closeTop(page);
  });
}

/** Escape closes one thing at a time, the latest first. */
function closeTop(page) {
  if (!byId("help").hidden) byId("help-close").click();
  else if (!byId("picking").hidden) page.cancelPath();
  else if (!byId("export-menu").hidden) byId("export-toggle").click();
  else if (!byId("filters").hidden) byId("filters-close").click();
  else if (page.view.hops || page.view.path) page.leaveFocus();
  else page.clear();
}

function start() {
  byId("panel").hidden = innerWidth < 900;
  writeWords();
  const page = new Page(new Graph(readBlock("graph-data")));
  new Pointer(page);
  listenToButtons(page);
  listenToKeys(page);
  page.go(viewOf(page.graph, location.hash), { step: false });
  page.history = new History(page.view);
  page.openPanel(innerWidth >= 900 || page.view.thing >= 0 || page.view.link !== null || page.view.path !== null);
  page.showState();
  window.addEventListener("hashchange", () => {
    if (location.hash !== page.ownFragment) page.go(viewOf(page.graph, location.hash));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => page.setTheme(event.matches));
  // for tests, and for the curious at the console
  window.kgPage = page;
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

start();
