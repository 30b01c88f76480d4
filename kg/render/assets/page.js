// Brings the parts together: one view, changed in one place, shown by all.

class Page {
  constructor(graph) {
    this.graph = graph;
    this.evidence = new Evidence(graph);
    this.palette = new Palette(graph);
    this.view = START;
    this.scene = new Scene(byId("canvas"), graph, this.palette, readBlock("network-options"));
    this.legend = new Legend(this);
    this.filters = new FilterDrawer(this);
    this.panel = new Panel(this);
    this.searchBox = new SearchBox(this);
    this.history = new History(START);
    this.scene.onRest = () => this.afterRest();
  }

  /** Goes to another view; `step` makes it one that can be undone. */
  go(change, { step = true, bring = false } = {}) {
    const before = this.view;
    this.view = { ...before, camera: null, ...change };
    this.pathFrom = null;
    byId("picking").hidden = true;
    if (step) this.history.add(this.view);
    this.showView(before, bring);
  }

  showView(before, bring) {
    const { view } = this;
    if (!this.visible || before.filter !== view.filter) this.visible = visibleParts(this.graph, this.evidence, view.filter);
    const scope = (each) => JSON.stringify([each.filter, each.hops && [each.centre, each.hops], each.path]);
    const moved = !this.shownScope || this.shownScope !== scope(view);
    if (moved) this.showScope();
    this.shownScope = scope(view);
    this.emphasise();
    this.legend.show(view);
    this.filters.show(view);
    this.panel.show(view);
    this.aim(before, moved, bring);
    this.showState();
  }

  /** Which things are on the canvas, and where. */
  showScope() {
    const { graph, view, visible, scene } = this;
    this.pathThings = null;
    this.cappedOf = 0;
    let things, places;
    if (view.path) {
      this.pathThings = shortestPath(graph, view.path[0], view.path[1], visible.linkOn, visible.thingOn);
      things = this.pathThings ?? [...view.path];
      places = arrangePath(things, scene.canvas.clientWidth >= scene.canvas.clientHeight);
    } else if (view.hops) {
      const { rings, count } = ringsAround(graph, view.centre, view.hops, visible.linkOn, visible.thingOn);
      things = rings.flat();
      if (count > things.length) this.cappedOf = count;
      places = arrangeRings(graph, rings, visible.linkOn, Math.min(1.6, Math.max(0.7, scene.canvas.clientWidth / scene.canvas.clientHeight)));
    } else {
      things = [];
      for (let thing = 0; thing < graph.count; thing += 1) if (visible.thingOn[thing]) things.push(thing);
    }
    things = [...things].sort((a, b) => a - b);
    scene.show(things, visible.linkOn, places, Boolean(view.path));
  }

  /** The chosen thing or link stands out with what touches it. */
  emphasise() {
    const { graph, view, scene, visible } = this;
    scene.emphasis = null;
    if (view.path) return;
    const centres = view.thing >= 0 ? [view.thing] : view.link ?? [];
    if (!centres.length) return;
    const things = new Set(centres), links = new Set();
    if (view.link) {
      const link = graph.linkBetween(...view.link);
      if (link !== undefined) links.add(link);
    } else {
      for (const link of graph.linksOf.of(view.thing)) {
        const other = graph.otherEnd(link, view.thing);
        if (!visible.linkOn[link] || !scene.memberOn[other]) continue;
        links.add(link);
        things.add(other);
      }
    }
    const soft = view.hops > 0 && view.thing === view.centre; // its surroundings are all that is shown: nothing fades
    if (soft) for (const thing of scene.members) things.add(thing);
    scene.emphasis = { soft, things, links, centres: new Set(centres), pinned: [...things].slice(0, 200) };
  }

  aim(before, moved, bring) {
    const { scene, view } = this;
    if (view.camera) scene.move({ position: { x: view.camera.x, y: view.camera.y * scene.stretch }, scale: view.camera.scale });
    else if (moved && (view.path || view.hops || before.hops || before.path || !this.aimed)) scene.fit();
    else if (bring && view.thing >= 0 && !this.isInSight(view.thing)) this.bringIn(view.thing);
    else scene.refresh();
    this.aimed = true;
  }

  /** Moves a thing into the middle, near enough to read its name and its neighbours'. */
  bringIn(thing) {
    const { scene } = this;
    scene.move({ position: { x: scene.x[thing], y: scene.y[thing] }, scale: Math.max(scene.network.getScale(), 0.8) }, true);
  }

  afterRest() {
    const camera = this.scene.camera();
    this.view = { ...this.view, camera };
    this.history.amend(this.view);
    this.writeFragment();
    this.showState();
  }

  writeFragment() {
    const fragment = `#${fragmentOf(this.graph, this.view)}`;
    this.ownFragment = fragment;
    // a frame without an origin of its own (a notebook's) may not touch its address
    if (location.protocol !== "about:" && location.hash !== fragment) history.replaceState(null, "", fragment);
  }

  showState() {
    const { graph, scene, view } = this;
    byId("undo").disabled = !this.history.can(-1);
    byId("redo").disabled = !this.history.can(1);
    const words = scene.members.length === 0 ? say("nothingVisible")
      : this.cappedOf ? say("capped", { kept: scene.members.length, count: this.cappedOf })
        : say("state", { shown: scene.members.length, all: graph.count });
    byId("state").textContent = words;
    byId("back").hidden = !(view.hops || view.path);
  }

  openThing(thing) {
    if (this.pathFrom !== null && this.pathFrom !== undefined) this.pick(thing);
    else this.pick(thing, { bring: true });
  }

  isInSight(thing) {
    return this.scene.memberOn[thing] && this.scene.inside(thing, this.scene.sight(-0.06)) && this.scene.network.getScale() > 0.35;
  }

  tell(thing) {
    announce(say("selected", { name: this.graph.labels[thing], type: this.graph.className(thing), count: this.graph.degree[thing] }));
  }

  /** A thing chosen by search or click: the end of a path where one is being looked for. */
  pick(thing, { bring = false } = {}) {
    const from = this.pathFrom;
    if (from !== null && from !== undefined && from !== thing) {
      this.openPanel(true);
      this.go({ path: [from, thing], thing: -1, link: null, hops: 0, centre: -1 });
      return;
    }
    this.openPanel(true);
    const outside = !this.scene.memberOn[thing];
    const hidden = !this.visible.thingOn[thing];
    this.go({
      thing, link: null, ...(outside ? { path: null, hops: 0, centre: -1 } : {}), ...(hidden ? { filter: { ...NO_FILTER } } : {}),
    }, { bring });
    this.tell(thing);
  }

  openLink(link) {
    this.openPanel(true);
    this.go({ thing: -1, link: [this.graph.linkFrom[link], this.graph.linkTo[link]] });
  }

  clear() {
    if (this.view.thing >= 0 || this.view.link) this.go({ thing: -1, link: null, camera: this.view.camera });
  }

  focusOn(thing, hops) {
    this.go({ thing, link: null, path: null, centre: thing, hops });
  }

  leaveFocus() {
    this.go({ path: null, hops: 0, centre: -1 });
  }

  locate(thing) {
    if (this.view.hops || this.view.path) this.go({ thing, path: null, hops: 0, centre: -1 });
    this.bringIn(thing);
  }

  startPath(thing) {
    this.pathFrom = thing;
    byId("picking-words").replaceChildren(nameOf(this.graph.labels[thing]), ` → ? ${say("pathPick")}`);
    byId("picking").hidden = false;
    byId("search").focus();
  }

  cancelPath() {
    this.pathFrom = null;
    byId("picking").hidden = true;
  }

  filterBy(change) {
    this.go({ filter: { ...this.view.filter, ...change }, camera: this.view.camera });
    announce(say("state", { shown: this.scene.members.length, all: this.graph.count }));
  }

  travel(by) {
    const view = this.history.step(by);
    if (!view) return;
    const before = this.view;
    this.view = view;
    this.showView(before, false);
  }

  /** Opens or closes the panel; the canvas takes its new size at once, its middle stays. */
  openPanel(open) {
    byId("panel-toggle").setAttribute("aria-expanded", String(open));
    if (byId("panel").hidden === !open) return;
    byId("panel").hidden = !open;
    this.scene.resize();
  }

  setLanguage(next) {
    language = next;
    writeWords();
    this.scene.names.repaint();
    this.showView(this.view, false);
  }

  setTheme(dark) {
    this.palette.dark = dark;
    this.palette.renew();
    this.scene.names.repaint();
    this.showView(this.view, false);
  }
}
