// Draws things and links. vis-network calls `shape` for each of its nodes; links are ours:
// batched by style, as wide on the screen whatever the zoom.

const FADED = 0.16;
const SURE = 600; // thousandths of confidence; below, a link is dashed

class Painter {
  constructor(scene) {
    this.scene = scene;
    this.drawNode = ({ ctx, id, x, y }) => this.shape(ctx, id, x, y);
  }

  /** A thing as vis-network's DataSet holds it. It gets no label and no title: vis must never write a name. */
  node(thing) {
    const { scene } = this;
    return { id: thing, x: scene.x[thing], y: scene.y[thing], shape: "custom", ctxRenderer: this.drawNode, size: scene.radius(thing) };
  }

  shape(context, thing, x, y) {
    const { scene } = this;
    const { path, colour, hollow } = scene.palette.of(thing);
    const size = scene.radius(thing), radius = size / scene.scale;
    const node = scene.network.body.nodes[thing];
    node.shape.width = node.shape.height = 2 * radius; // vis finds the node under a drag by these
    context.translate(x, y);
    context.scale(radius, radius);
    context.lineWidth = 3 / size;
    context.strokeStyle = context.fillStyle = scene.palette.ground;
    context.stroke(path);
    context.fill(path); // hides the links under a faded shape
    if (scene.emphasis && !scene.emphasis.things.has(thing)) context.globalAlpha = FADED;
    if (!hollow) {
      context.fillStyle = colour;
      context.fill(path);
    }
    if (hollow || scene.emphasis?.centres?.has(thing) || scene.hovered?.thing === thing) {
      context.lineWidth = (hollow ? 2.5 : 2) / size;
      context.strokeStyle = hollow ? colour : scene.palette.ink;
      context.stroke(path);
    }
    return { nodeDimensions: { width: 2 * radius, height: 2 * radius } };
  }

  drawLinks(context) {
    const { scene } = this;
    const batches = { faded: [], plain: [], strong: [] };
    for (const link of scene.links) {
      if (scene.emphasis) (scene.emphasis.links.has(link) ? batches.strong : scene.emphasis.soft ? batches.plain : batches.faded).push(link);
      else (this.isHovered(link) ? batches.strong : batches.plain).push(link);
    }
    const { palette } = scene;
    const thin = Math.min(1.6, Math.max(0.5, Math.sqrt(scene.scale) * 1.2));
    this.stroke(context, batches.faded, palette.link, thin, 0.25);
    this.stroke(context, batches.plain, palette.link, thin, scene.links.length > 700 ? 0.55 : 0.9);
    this.stroke(context, batches.strong, palette.accent, 1.9, 0.9);
  }

  isHovered(link) {
    const { hovered, graph } = this.scene;
    if (!hovered) return false;
    return hovered.link === link || graph.linkFrom[link] === hovered.thing || graph.linkTo[link] === hovered.thing;
  }

  stroke(context, links, colour, width, alpha) {
    if (!links.length) return;
    const solid = new Path2D(), dashed = new Path2D(), heads = new Path2D();
    const withHeads = this.scene.links.length <= 500 && this.scene.scale > 0.3;
    for (const link of links) {
      this.line(this.isSure(link) ? solid : dashed, link);
      if (withHeads) this.heads(heads, link, 4.5 + width);
    }
    context.globalAlpha = alpha;
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = width;
    context.stroke(solid);
    context.setLineDash([5, 4]);
    context.stroke(dashed);
    context.setLineDash([]);
    context.fill(heads);
    context.globalAlpha = 1;
  }

  line(path, link) {
    const { scene } = this, from = scene.graph.linkFrom[link], to = scene.graph.linkTo[link];
    path.moveTo(scene.screenX(from), scene.screenY(from));
    path.lineTo(scene.screenX(to), scene.screenY(to));
  }

  isSure(link) {
    const { graph } = this.scene;
    return graph.factsOfLink.of(link).some((fact) => graph.confidence[fact] >= SURE);
  }

  /** Arrow heads at the objects of a link's facts; a symmetric relation has none. */
  heads(path, link, length) {
    const { graph } = this.scene, from = graph.linkFrom[link], to = graph.linkTo[link];
    let atFrom = false, atTo = false;
    for (const fact of graph.factsOfLink.of(link)) {
      if (graph.predicates[graph.predicate[fact]].symmetric) continue;
      if (graph.object[fact] === to) atTo = true;
      else atFrom = true;
    }
    if (atTo) this.head(path, from, to, length);
    if (atFrom) this.head(path, to, from, length);
  }

  head(path, from, to, length) {
    const { scene } = this;
    const x = scene.screenX(to), y = scene.screenY(to);
    const dx = x - scene.screenX(from), dy = y - scene.screenY(from), far = Math.hypot(dx, dy);
    const border = scene.radius(to) + 3;
    if (far < border + length * 2) return;
    const ux = dx / far, uy = dy / far, tipX = x - ux * border, tipY = y - uy * border;
    const half = length * 0.42;
    path.moveTo(tipX, tipY);
    path.lineTo(tipX - ux * length - uy * half, tipY - uy * length + ux * half);
    path.lineTo(tipX - ux * length + uy * half, tipY - uy * length - ux * half);
    path.closePath();
  }
}

/** Everything too far off to be a node: dots and hair-thin links, painted once per resting camera. */
class Backdrop {
  constructor(scene) {
    this.scene = scene;
    this.canvas = document.createElement("canvas");
    this.sight = null;
  }

  renew(sight) {
    const { scene, canvas } = this;
    this.sight = scene.crowd > scene.shown.size ? sight : null;
    if (!this.sight) return;
    canvas.width = Math.ceil((sight.right - sight.left) * sight.scale);
    canvas.height = Math.ceil((sight.bottom - sight.top) * sight.scale);
    const context = canvas.getContext("2d");
    this.paintLinks(context, sight);
    this.paintDots(context, sight);
  }

  paintLinks(context, sight) {
    const { scene } = this, { graph } = scene;
    const most = 12_000;
    const path = new Path2D();
    let count = 0;
    for (let link = 0; link < graph.linkCount && count < most; link += 1) {
      const from = graph.linkFrom[link], to = graph.linkTo[link];
      if (!scene.linkOn[link] || !scene.memberOn[from] || !scene.memberOn[to]) continue;
      if (!scene.inside(from, sight) || !scene.inside(to, sight)) continue;
      path.moveTo((scene.x[from] - sight.left) * sight.scale, (scene.y[from] - sight.top) * sight.scale);
      path.lineTo((scene.x[to] - sight.left) * sight.scale, (scene.y[to] - sight.top) * sight.scale);
      count += 1;
    }
    context.globalAlpha = count > 3_000 ? 0.12 : 0.3;
    context.lineWidth = 0.6;
    context.strokeStyle = scene.palette.link;
    context.stroke(path);
  }

  paintDots(context, sight) {
    const { scene } = this;
    const size = Math.max(1.6, Math.min(5, 9 * Math.sqrt(sight.scale)));
    context.globalAlpha = 0.75;
    const byClass = new Map();
    for (const thing of scene.members) {
      if (scene.shown.has(thing) || !scene.inside(thing, sight)) continue;
      const { colour } = scene.palette.of(thing);
      if (!byClass.has(colour)) byClass.set(colour, []);
      byClass.get(colour).push(thing);
    }
    for (const [colour, things] of byClass) {
      context.fillStyle = colour;
      for (const thing of things) {
        context.fillRect((scene.x[thing] - sight.left) * sight.scale - size / 2, (scene.y[thing] - sight.top) * sight.scale - size / 2, size, size);
      }
    }
  }

  draw(context) {
    if (!this.sight) return;
    const { scene, sight } = this;
    const left = sight.left * scene.scale + scene.offsetX, top = sight.top * scene.scale + scene.offsetY;
    const grown = scene.scale / sight.scale;
    context.globalAlpha = scene.emphasis ? 0.3 : 1;
    context.drawImage(this.canvas, left, top, this.canvas.width * grown, this.canvas.height * grown);
    context.globalAlpha = 1;
  }
}
