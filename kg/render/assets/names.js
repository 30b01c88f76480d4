// Writes names beside things and predicates on links, the important ones first, never one over
// another. Each text is drawn once onto a small canvas of its own: blitting is ten times as fast
// as writing Chinese characters with an outline in every frame.

const LINE_EMS = 9; // as in kg/render/boxes.py
const LINE_HEIGHT = 1.24;
const MOST_NAMES = 140;
const FIRST_NAMES = 30; // may cover lesser things
const BOLD_NAMES = 12;
const MOST_LINK_NAMES = 70;
const FONTS = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif';

/** Rectangles already taken, found by the cells of a coarse grid. */
class Taken {
  constructor() {
    this.cells = new Map();
  }

  /** Calls `visit` with the list of each cell that a rectangle touches until it answers true. */
  some(box, visit) {
    for (let column = Math.floor(box.left / 80); column <= Math.floor(box.right / 80); column += 1) {
      for (let row = Math.floor(box.top / 80); row <= Math.floor(box.bottom / 80); row += 1) {
        const key = column * 10_007 + row;
        let cell = this.cells.get(key);
        if (!cell) this.cells.set(key, (cell = []));
        if (visit(cell)) return true;
      }
    }
    return false;
  }

  /** Whether a rectangle is not free; shapes of things ranked after `lesser` don't count. */
  hits(box, except, lesser = Infinity) {
    return this.some(box, (cell) => cell.some((other) => other.owner !== except && !(other.disc && other.owner > lesser)
      && other.left < box.right && other.right > box.left && other.top < box.bottom && other.bottom > box.top));
  }

  add(box) {
    this.some(box, (cell) => { cell.push(box); return false; });
  }
}

class Names {
  constructor(scene) {
    this.scene = scene;
    this.sprites = new Map();
    this.placed = null;
  }

  /** Places names anew at the next frame. */
  forget() {
    this.placed = null;
  }

  /** Throws away the written texts, after a change of theme or language. */
  repaint() {
    this.sprites.clear();
    this.forget();
  }

  draw(context) {
    const { scene } = this;
    if (!this.placed || this.placed.scale !== scene.scale) this.placed = this.place();
    const dx = scene.offsetX - this.placed.offsetX, dy = scene.offsetY - this.placed.offsetY;
    for (const { sprite, left, top, faded } of this.placed.all) {
      context.globalAlpha = faded ? FADED : 1;
      context.drawImage(sprite.canvas, left + dx, top + dy, sprite.width, sprite.height);
    }
    context.globalAlpha = 1;
  }

  place() {
    const { scene } = this, taken = new Taken(), all = [];
    const margin = 0.3 * scene.canvas.clientWidth;
    const near = this.inSight(margin);
    for (const thing of near) taken.add(this.disc(thing));
    this.order(near).forEach((thing, at) => {
      const found = all.length < MOST_NAMES && this.placeName(thing, taken, at < FIRST_NAMES);
      if (found) all.push(found);
    });
    if (scene.scale > 0.45 || scene.emphasis) this.placeLinkNames(taken, all, margin);
    return { all, scale: scene.scale, offsetX: scene.offsetX, offsetY: scene.offsetY };
  }

  inSight(margin) {
    const { scene } = this, width = scene.canvas.clientWidth, height = scene.canvas.clientHeight;
    return [...scene.shown].filter((thing) => {
      const x = scene.screenX(thing), y = scene.screenY(thing);
      return x > -margin && x < width + margin && y > -margin && y < height + margin;
    });
  }

  order(things) {
    const { emphasis, hovered } = this.scene;
    const weight = (thing) => (hovered?.thing === thing ? -3e9 : 0) + (emphasis?.centres?.has(thing) ? -2e9 : 0)
      + (emphasis?.things.has(thing) ? -1e9 : 0) + thing;
    return things.sort((a, b) => weight(a) - weight(b));
  }

  disc(thing) {
    const { scene } = this, radius = scene.radius(thing) * 0.9, x = scene.screenX(thing), y = scene.screenY(thing);
    return { owner: thing, disc: true, left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
  }

  /**
   * Under the thing if there is room, else beside or above it. The first names may cover the
   * shapes of lesser things, though no other name; a thing singled out is named in any case.
   */
  placeName(thing, taken, first) {
    const { scene } = this;
    const sprite = this.nameSprite(thing), radius = scene.radius(thing) + 1;
    const x = scene.screenX(thing), y = scene.screenY(thing), { width, height } = sprite;
    const middle = this.inside(x, width);
    const corners = [
      [middle, y + radius], [x + radius, y - height / 2], [x - radius - width, y - height / 2], [middle, y - radius - height],
    ];
    const boxes = corners.map(([left, top]) => ({ owner: thing, left, top, right: left + width, bottom: top + height }));
    const edge = scene.canvas.clientWidth;
    if (x > 0 && x < edge) boxes.sort((a, b) => (a.left < 0 || a.right > edge) - (b.left < 0 || b.right > edge));
    const must = scene.hovered?.thing === thing || scene.emphasis?.centres?.has(thing);
    const box = boxes.find((each) => !taken.hits(each, thing))
      ?? (first ? boxes.find((each) => !taken.hits(each, thing, thing)) : undefined) ?? (must ? boxes[0] : null);
    if (!box) return null;
    taken.add(box);
    return { ...box, thing, sprite, faded: Boolean(scene.emphasis && !scene.emphasis.things.has(thing)) };
  }

  /** The left end of a centred name; at the canvas's sides it moves in rather than being cut off. */
  inside(x, width) {
    const left = x - width / 2, edge = this.scene.canvas.clientWidth;
    if (x < 0 || x > edge || width > edge) return left;
    return Math.min(Math.max(left, 3), edge - width - 3);
  }

  placeLinkNames(taken, all, margin) {
    const { scene } = this, { graph } = scene;
    const width = scene.canvas.clientWidth, height = scene.canvas.clientHeight;
    let count = 0;
    const strong = (link) => scene.emphasis?.links.has(link) ?? false;
    const links = scene.links.filter((link) => !scene.emphasis || scene.emphasis.soft || strong(link)).sort((a, b) => strong(b) - strong(a) || a - b);
    for (const link of links) {
      if (count >= MOST_LINK_NAMES) break;
      const x = (scene.screenX(graph.linkFrom[link]) + scene.screenX(graph.linkTo[link])) / 2;
      const y = (scene.screenY(graph.linkFrom[link]) + scene.screenY(graph.linkTo[link])) / 2;
      if (x < -margin || x > width + margin || y < -margin || y > height + margin) continue;
      const long = Math.hypot(scene.screenX(graph.linkFrom[link]) - scene.screenX(graph.linkTo[link]), scene.screenY(graph.linkFrom[link]) - scene.screenY(graph.linkTo[link]));
      if (long < 60) continue;
      const sprite = this.linkSprite(link);
      const box = { owner: -1 - link, left: x - sprite.width / 2, right: x + sprite.width / 2, top: y - sprite.height / 2, bottom: y + sprite.height / 2 };
      if (taken.hits(box)) continue;
      taken.add(box);
      all.push({ ...box, link, sprite, faded: false });
      count += 1;
    }
  }

  /** The thing or link whose name is written at a point. */
  at(x, y) {
    const { scene, placed } = this;
    if (!placed) return null;
    const px = x - scene.offsetX + placed.offsetX, py = y - scene.offsetY + placed.offsetY;
    return placed.all.find((box) => px >= box.left && px <= box.right && py >= box.top && py <= box.bottom) ?? null;
  }

  fontSize(thing) {
    return Math.round(Math.min(17, 12 + 0.7 * Math.sqrt(this.scene.graph.degree[thing])));
  }

  nameSprite(thing) {
    return this.sprite(`t${thing}`, () => {
      const size = this.fontSize(thing), { palette } = this.scene;
      const weight = thing < BOLD_NAMES && this.scene.graph.degree[thing] >= 12 ? 600 : 400;
      return { lines: brokenLines(this.scene.graph.labels[thing]), size, weight, colour: palette.ink };
    });
  }

  linkSprite(link) {
    return this.sprite(`l${link}`, () => {
      const { graph, palette } = this.scene;
      const terms = [...new Set([...graph.factsOfLink.of(link)].map((fact) => graph.predicate[fact]))];
      const words = terms.slice(0, 2).map((number) => termName(graph.predicates[number])).join(" · ");
      const text = terms.length > 2 ? `${words} +${terms.length - 2}` : words;
      return { lines: [text], size: 11, weight: 400, colour: palette.muted };
    });
  }

  sprite(key, describe) {
    let sprite = this.sprites.get(key);
    if (!sprite) {
      if (this.sprites.size > 1500) this.sprites.clear();
      sprite = writtenText(describe(), this.scene.palette.ground, window.devicePixelRatio || 1);
      this.sprites.set(key, sprite);
    }
    return sprite;
  }
}

/** A text on a canvas of its own, outlined in the colour of the ground. */
function writtenText({ lines, size, weight, colour }, ground, ratio) {
  const canvas = document.createElement("canvas"), context = canvas.getContext("2d");
  const font = `${weight} ${size}px ${FONTS}`;
  context.font = font;
  const width = Math.ceil(Math.max(...lines.map((line) => context.measureText(line).width)) + 6);
  const height = Math.ceil(lines.length * size * LINE_HEIGHT + 4);
  canvas.width = Math.ceil(width * ratio);
  canvas.height = Math.ceil(height * ratio);
  context.scale(ratio, ratio);
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = ground;
  context.fillStyle = colour;
  lines.forEach((line, at) => {
    const y = 2 + (at + 0.5) * size * LINE_HEIGHT;
    context.strokeText(line, width / 2, y);
    context.fillText(line, width / 2, y);
  });
  return { canvas, width, height };
}

/** A name in at most two lines of LINE_EMS; what is longer ends in an ellipsis. */
function brokenLines(name) {
  const characters = [...name.replace(/\s+/g, " ").trim()];
  const em = (character) => (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6“”‘’…—]/u.test(character) ? 1 : 0.56);
  const whole = characters.reduce((sum, character) => sum + em(character), 0);
  if (whole <= LINE_EMS) return [characters.join("") || "·"];
  const room = Math.min(LINE_EMS, Math.ceil(whole / 2) + 0.5);
  const first = cutAfter(characters, room, em);
  const rest = characters.slice(first);
  const second = cutAfter(rest, LINE_EMS, em);
  const tail = second < rest.length ? `${rest.slice(0, Math.max(1, second - 1)).join("").trim()}…` : rest.join("").trim();
  return [characters.slice(0, first).join("").trim(), tail];
}

function cutAfter(characters, room, em) {
  let width = 0, at = 0;
  while (at < characters.length && width + em(characters[at]) <= room) width += em(characters[at++]);
  // a Latin word is not broken if its beginning is near
  if (at < characters.length && /[\w]/.test(characters[at])) {
    let back = at;
    while (back > at - 7 && back > 1 && /[\w]/.test(characters[back - 1])) back -= 1;
    if (back > at - 7 && back > 1) at = back;
  }
  // by the rules of Chinese typesetting, closing marks don't begin a line and opening ones don't end it
  while (at < characters.length && /[”’）》」』】、，。！？：；…）]/u.test(characters[at])) at += 1;
  while (at > 1 && /[“‘（《「『【]/u.test(characters[at - 1])) at -= 1;
  return Math.max(1, at);
}
