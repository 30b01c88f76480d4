// The picture: vis-network holds the canvas, the camera, the gestures and the nodes near at hand;
// links, names and far-off things are painted by us around its own drawing.
//
// Level of detail: of all things in sight, the best connected ones become nodes of vis-network,
// up to MOST_NODES; the rest are dots on a backdrop that is painted once the camera stands still.

const MOST_NODES = 500;
const MOST_LINKS = 1600;
const NEAR_LINKS = 250; // up to here links to things out of sight are drawn as well
const MARGIN = 0.35; // of the view's size, kept ready on each side

function extent(values) {
  let least = Infinity, most = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most > least ? most - least : 0;
}

/** Lets a thing become a node only where it keeps off those ranked before it: hubs don't pile up. */
class Spacing {
  constructor(scene) {
    this.scene = scene;
    this.scene.scale = scene.network.getScale();
    this.cells = new Map();
  }

  takes(thing) {
    const { scene } = this, x = scene.x[thing] * scene.scale, y = scene.y[thing] * scene.scale;
    const radius = scene.radius(thing), column = Math.floor(x / 60), row = Math.floor(y / 60);
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        for (const other of this.cells.get((column + dx) * 100_003 + row + dy) ?? []) {
          if (Math.hypot(other.x - x, other.y - y) < other.radius + radius + 3) return false;
        }
      }
    }
    const key = column * 100_003 + row;
    if (!this.cells.has(key)) this.cells.set(key, []);
    this.cells.get(key).push({ x, y, radius });
    return true;
  }
}

class Scene {
  constructor(container, graph, palette, options) {
    this.graph = graph;
    this.palette = palette;
    this.container = container;
    this.members = [];
    this.shown = new Set();
    this.links = [];
    this.emphasis = null; // { things, links } that stand out, the rest fades
    this.hovered = null;
    this.nodes = new vis.DataSet();
    this.network = new vis.Network(container, { nodes: this.nodes, edges: new vis.DataSet() }, options);
    this.canvas = container.querySelector("canvas");
    this.stretch = this.portraitStretch();
    this.painter = new Painter(this);
    this.names = new Names(this);
    this.backdrop = new Backdrop(this);
    this.listen();
  }

  listen() {
    const { network } = this;
    network.on("beforeDrawing", (context) => this.onOwnScale(context, () => {
      this.backdrop.draw(context);
      this.painter.drawLinks(context);
    }));
    network.on("afterDrawing", (context) => this.onOwnScale(context, () => this.names.draw(context)));
    const rest = settled(() => this.refresh(), 90);
    network.on("zoom", () => { this.isWhole = false; rest(); });
    network.on("dragEnd", (event) => { this.follow(event); this.isWhole = false; rest(); });
    network.on("animationFinished", rest);
    network.on("resize", settled(() => (this.isWhole ? this.fit() : this.refresh()), 90));
    network.on("dragging", (event) => { this.follow(event); this.keepUp(); });
    this.container.addEventListener("wheel", (event) => this.wheel(event), { capture: true, passive: false });
  }

  /** Draws in CSS pixels of the canvas, whatever the camera: lines and letters keep their size. */
  onOwnScale(context, draw) {
    const ratio = this.canvas.width / this.canvas.clientWidth;
    this.scale = this.network.getScale();
    const centre = this.network.getViewPosition();
    this.offsetX = this.canvas.clientWidth / 2 - centre.x * this.scale;
    this.offsetY = this.canvas.clientHeight / 2 - centre.y * this.scale;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw();
    context.restore();
  }

  screenX(thing) { return this.x[thing] * this.scale + this.offsetX; }

  screenY(thing) { return this.y[thing] * this.scale + this.offsetY; }

  /** A thing's radius in CSS pixels: smaller from afar, never a speck. */
  radius(thing) {
    const base = Math.min(26, 6 + 2 * Math.sqrt(this.graph.degree[thing]));
    return base * Math.min(1.5, Math.max(0.42, Math.sqrt(this.scale)));
  }

  /** Shows other things, perhaps at other places; `places` is a Map of those that move. */
  show(members, linkOn, places = new Map(), alongLine = false) {
    this.members = members;
    this.memberOn = new Uint8Array(this.graph.count);
    for (const thing of members) this.memberOn[thing] = 1;
    this.linkOn = linkOn;
    this.hasHub = !alongLine;
    this.x = this.graph.x.slice();
    this.y = this.graph.y.map((y) => y * this.stretch);
    for (const [thing, { x, y }] of places) {
      this.x[thing] = x;
      this.y[thing] = y;
    }
    this.nodes.clear();
    this.shown = new Set();
  }

  /** How much higher than laid out the plane is drawn, so that it fills a phone held upright. */
  portraitStretch() {
    const wide = extent(this.graph.x), high = extent(this.graph.y);
    const filling = (this.container.clientHeight - 130) / (this.container.clientWidth - 90) * (wide / (high || 1));
    return wide && high ? Math.min(2.5, Math.max(1, filling)) : 1;
  }

  /** The part of the plane in sight, with a margin on each side. */
  sight(margin) {
    const scale = this.network.getScale(), { x, y } = this.network.getViewPosition();
    const halfX = this.canvas.clientWidth * (0.5 + margin) / scale, halfY = this.canvas.clientHeight * (0.5 + margin) / scale;
    return { left: x - halfX, right: x + halfX, top: y - halfY, bottom: y + halfY, x, y, scale };
  }

  inside(thing, sight) {
    const x = this.x[thing], y = this.y[thing];
    return x >= sight.left && x <= sight.right && y >= sight.top && y <= sight.bottom;
  }

  /** Chooses anew what is drawn in full; called whenever the camera comes to rest. */
  refresh() {
    const sight = this.sight(MARGIN);
    const wanted = new Set(this.emphasis?.pinned ?? []);
    const inSight = this.members.filter((thing) => this.inside(thing, sight));
    this.crowd = inSight.length;
    const room = this.crowd > MOST_NODES ? new Spacing(this) : null;
    for (const thing of inSight) {
      if (wanted.size >= MOST_NODES) break;
      if (!room || room.takes(thing)) wanted.add(thing);
    }
    const gone = [...this.shown].filter((thing) => !wanted.has(thing));
    const come = [...wanted].filter((thing) => !this.shown.has(thing) && this.memberOn[thing]);
    this.shown = new Set([...wanted].filter((thing) => this.memberOn[thing]));
    this.nodes.remove(gone);
    this.nodes.add(come.map((thing) => this.painter.node(thing)));
    this.refreshedAt = sight;
    this.chooseLinks();
    this.backdrop.renew(sight);
    this.names.forget();
    this.network.redraw();
    this.onRest?.();
  }

  chooseLinks() {
    const { graph } = this;
    const chosen = new Set(), beyond = [];
    for (const thing of this.shown) {
      for (const link of graph.linksOf.of(thing)) {
        const other = graph.otherEnd(link, thing);
        if (!this.linkOn[link] || !this.memberOn[other]) continue;
        if (this.shown.has(other)) {
          if (chosen.size < MOST_LINKS) chosen.add(link);
        } else if (beyond.length < NEAR_LINKS) beyond.push(link);
      }
    }
    for (const link of beyond) chosen.add(link);
    for (const link of this.emphasis?.links ?? []) if (this.linkOn[link]) chosen.add(link);
    this.links = [...chosen];
  }

  /** While a long drag leaves the part that was made ready, makes the next part ready. */
  keepUp() {
    const { refreshedAt: ready } = this;
    const { x, y } = this.network.getViewPosition();
    if (!ready || Math.abs(x - ready.x) > (ready.right - ready.left) * 0.2 || Math.abs(y - ready.y) > (ready.bottom - ready.top) * 0.2) {
      this.refresh();
    }
  }

  /** A node dragged by hand takes its links along. */
  follow({ nodes }) {
    for (const thing of nodes ?? []) {
      if (!this.nodes.get(thing)) continue;
      const { x, y } = this.network.getPosition(thing);
      this.x[thing] = x;
      this.y[thing] = y;
    }
    if (nodes?.length) this.names.forget();
  }

  /** Zooms as far as the wheel turned; vis-network's own step makes touchpads leap. */
  wheel(event) {
    event.preventDefault();
    event.stopPropagation();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 20 : 1);
    const box = this.canvas.getBoundingClientRect();
    this.zoomBy(Math.exp(-Math.max(-150, Math.min(150, pixels)) * 0.0022), event.clientX - box.left, event.clientY - box.top);
  }

  zoomBy(factor, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    const scale = Math.min(5, Math.max(this.furthest(), this.network.getScale() * factor));
    const under = this.network.DOMtoCanvas({ x, y });
    const position = {
      x: under.x - (x - this.canvas.clientWidth / 2) / scale,
      y: under.y - (y - this.canvas.clientHeight / 2) / scale,
    };
    this.isWhole = false;
    this.network.moveTo({ position, scale });
    this.rest ??= settled(() => this.refresh(), 90);
    this.rest();
  }

  furthest() {
    return Math.min(0.5, (this.fitted ?? 0.1) * 0.5);
  }

  panBy(x, y) {
    const { x: atX, y: atY } = this.network.getViewPosition(), scale = this.network.getScale();
    this.move({ position: { x: atX + x / scale, y: atY + y / scale }, scale });
  }

  /** Moves the camera, smoothly where the user allows it. */
  move(camera, smoothly = false) {
    this.isWhole = false;
    const still = !smoothly || matchMedia("(prefers-reduced-motion: reduce)").matches || this.members.length > 5_000;
    this.network.moveTo({ ...camera, animation: still ? false : { duration: 350, easingFunction: "easeInOutQuad" } });
    if (still) this.refresh();
  }

  /** The camera from which all members are seen. */
  wholeView() {
    const width = this.canvas.clientWidth, height = this.canvas.clientHeight;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const thing of this.members) {
      left = Math.min(left, this.x[thing]);
      right = Math.max(right, this.x[thing]);
      top = Math.min(top, this.y[thing]);
      bottom = Math.max(bottom, this.y[thing]);
    }
    if (left > right) return { position: { x: 0, y: 0 }, scale: 1 };
        // room for names at the sides, for the legend and the names under the lowest things at the foot
    const sides = Math.min(120, width * 0.24), head = 30, foot = Math.min(96, height * 0.26);
    const scale = Math.min(1.25, (width - sides) / (right - left || 1), (height - head - foot) / (bottom - top || 1));
    // within the room that is left over, the main thing, laid out at (0, 0), comes near the middle
    const towards = (middle, room) => (this.hasHub ? Math.sign(-middle) * Math.min(Math.abs(middle), Math.max(0, room / 2)) : 0);
    const x = (left + right) / 2, y = (top + bottom) / 2;
    const roomX = (width - sides) / scale - (right - left), roomY = (height - head - foot) / scale - (bottom - top);
    return { position: { x: x + towards(x, roomX), y: y + towards(y, roomY) + (foot - head) / 2 / scale }, scale };
  }

  fit(smoothly = false) {
    const camera = this.wholeView();
    this.fitted = camera.scale;
    this.move(camera, smoothly);
    this.isWhole = true; // and stays so, whatever size the window takes, until the user moves
  }

  camera() {
    const { x, y } = this.network.getViewPosition();
    return { x: Math.round(x), y: Math.round(y / this.stretch), scale: Number(this.network.getScale().toPrecision(3)) };
  }

  redraw() {
    this.network.redraw();
  }

  /** Takes the container's size, with the same point in the middle. */
  resize() {
    const position = this.network.getViewPosition(), scale = this.network.getScale();
    const { isWhole } = this;
    this.network.redraw();
    if (isWhole) this.fit();
    else this.move({ position, scale });
  }
}
