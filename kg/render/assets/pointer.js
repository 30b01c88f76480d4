// What is under the pointer, and what a click, a hover or a key on the canvas does.

const NEAR_LINK = 6; // pixels

class Pointer {
  constructor(page) {
    this.page = page;
    this.scene = page.scene;
    this.tip = byId("tip");
    const { network, container } = this.scene;
    network.on("click", ({ pointer, event }) => this.click(pointer.DOM, event));
    network.on("doubleClick", ({ pointer }) => this.doubleClick(pointer.DOM));
    container.addEventListener("pointermove", (event) => this.move(event));
    container.addEventListener("pointerleave", () => this.hover(null));
    container.addEventListener("keydown", (event) => this.key(event));
  }

  /** The thing or link at a point of the canvas: shapes first, then names, then lines. */
  under({ x, y }, reach = 3) {
    const { scene } = this;
    const thing = this.thingAt(x, y, reach);
    if (thing >= 0) return { thing };
    const name = scene.names.at(x, y);
    if (name) return name.link === undefined ? { thing: name.thing } : { link: name.link };
    const link = this.linkAt(x, y);
    if (link >= 0) return { link };
    const far = this.dotAt(x, y);
    return far >= 0 ? { thing: far } : null;
  }

  thingAt(x, y, reach) {
    const { scene } = this;
    let best = -1, nearest = Infinity;
    for (const thing of scene.shown) {
      const away = Math.hypot(scene.screenX(thing) - x, scene.screenY(thing) - y) - scene.radius(thing);
      if (away < reach && away < nearest) [best, nearest] = [thing, away];
    }
    return best;
  }

  linkAt(x, y) {
    const { scene } = this, { graph } = scene;
    let best = -1, nearest = NEAR_LINK;
    for (const link of scene.links) {
      const ax = scene.screenX(graph.linkFrom[link]), ay = scene.screenY(graph.linkFrom[link]);
      const dx = scene.screenX(graph.linkTo[link]) - ax, dy = scene.screenY(graph.linkTo[link]) - ay;
      const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      const away = Math.hypot(ax + along * dx - x, ay + along * dy - y);
      if (away < nearest) [best, nearest] = [link, away];
    }
    return best;
  }

  /** A far-off thing that is only a dot. */
  dotAt(x, y) {
    const { scene } = this;
    if (!scene.backdrop.sight) return -1;
    let best = -1, nearest = 6;
    for (const thing of scene.members) {
      const away = Math.hypot(scene.screenX(thing) - x, scene.screenY(thing) - y);
      if (away < nearest) [best, nearest] = [thing, away];
    }
    return best;
  }

  click(point, event) {
    const touch = event?.srcEvent?.pointerType === "touch" || event?.pointerType === "touch";
    const found = this.under(point, touch ? 14 : 4);
    this.hover(null);
    if (!found) this.page.clear();
    else if (found.thing !== undefined) this.page.pick(found.thing);
    else this.page.openLink(found.link);
  }

  doubleClick(point) {
    const found = this.under(point, 6);
    if (found?.thing !== undefined) this.page.focusOn(found.thing, 1);
  }

  move(event) {
    if (event.pointerType === "touch" || event.buttons) return this.hover(null);
    const box = this.scene.canvas.getBoundingClientRect();
    const point = { x: event.clientX - box.left, y: event.clientY - box.top };
    return this.hover(this.scene.scale ? this.under(point) : null, event);
  }

  hover(found, event) {
    const { scene } = this;
    const key = (each) => (each ? `${each.thing} ${each.link}` : "");
    if (key(found) !== key(scene.hovered)) {
      scene.hovered = found;
      scene.container.classList.toggle("over", Boolean(found));
      scene.redraw();
      this.tip.replaceChildren(...(found ? this.words(found) : []));
    }
    this.tip.hidden = !found;
    if (found && event) this.place(event);
  }

  words({ thing, link }) {
    const { graph } = this.page;
    if (thing !== undefined) {
      return [el("b", {}, nameOf(graph.labels[thing])), el("span", {}, `${graph.className(thing)} · ${say("facts", { count: graph.degree[thing] })}`)];
    }
    const facts = [...graph.factsOfLink.of(link)].slice(0, 4);
    return facts.map((fact) => el("span", {}, nameOf(graph.labels[graph.subject[fact]]),
      el("b", {}, ` ${termName(graph.predicates[graph.predicate[fact]])} → `), nameOf(graph.objectText(fact))));
  }

  place(event) {
    const { tip } = this, room = 16;
    const left = Math.min(event.clientX + room, innerWidth - tip.offsetWidth - 8);
    const under = event.clientY + room + tip.offsetHeight < innerHeight;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${under ? event.clientY + room : event.clientY - room - tip.offsetHeight}px`;
  }

  key(event) {
    const { page, scene } = this, step = 60;
    const acts = {
      ArrowLeft: () => scene.panBy(-step, 0), ArrowRight: () => scene.panBy(step, 0),
      ArrowUp: () => scene.panBy(0, -step), ArrowDown: () => scene.panBy(0, step),
      "+": () => scene.zoomBy(1.25), "=": () => scene.zoomBy(1.25), "-": () => scene.zoomBy(0.8), 0: () => scene.fit(true),
      n: () => this.next(1), p: () => this.next(-1), Enter: () => { page.openPanel(true); byId("panel-body").focus(); },
    };
    const act = event.ctrlKey || event.metaKey || event.altKey ? null : acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** Selects one thing in sight after another, the best connected first. */
  next(by) {
    const { scene, page } = this, sight = scene.sight(0);
    const near = scene.members.filter((thing) => scene.inside(thing, sight));
    if (!near.length) return;
    const at = near.indexOf(page.view.thing);
    const thing = near[(at + by + near.length) % near.length];
    page.go({ thing, link: null, camera: page.view.camera });
    page.tell(thing);
  }
}
