// Neighbourhoods and shortest paths, and where their things stand when they are shown alone.

const MOST_NEIGHBOURS = 300;

/** Things within `hops` links of `centre` by ring: [[centre], neighbours, …], and how many there are in all. */
function ringsAround(graph, centre, hops, linkOn, thingOn) {
  const seen = new Set([centre]);
  const rings = [[centre]];
  let count = 1;
  for (let hop = 0; hop < hops; hop += 1) {
    const ring = new Map();
    for (const thing of rings[hop]) {
      for (const link of graph.linksOf.of(thing)) {
        const other = graph.otherEnd(link, thing);
        if (!linkOn[link] || !thingOn[other] || seen.has(other) || ring.has(other)) continue;
        ring.set(other, thing);
      }
    }
    count += ring.size;
    const room = Math.max(0, MOST_NEIGHBOURS - seen.size);
    const kept = [...ring.keys()].sort((a, b) => a - b).slice(0, room);
    kept.forEach((thing) => seen.add(thing));
    rings.push(kept);
  }
  return { rings, count };
}

/** The things of a shortest path from `from` to `to`, both included, or null. */
function shortestPath(graph, from, to, linkOn, thingOn) {
  const before = new Map([[from, from]]);
  let edge = [from];
  while (edge.length && !before.has(to)) {
    const next = [];
    for (const thing of edge) {
      for (const link of graph.linksOf.of(thing)) {
        const other = graph.otherEnd(link, thing);
        if (!linkOn[link] || !thingOn[other] || before.has(other)) continue;
        before.set(other, thing);
        next.push(other);
      }
    }
    edge = next;
  }
  if (!before.has(to)) return null;
  const path = [to];
  while (path[0] !== from) path.unshift(before.get(path[0]));
  return path;
}

/** Places of rings around their centre: each thing near the angle of the one that led to it. */
function arrangeRings(graph, rings, linkOn, aspect) {
  const places = new Map([[rings[0][0], { x: 0, y: 0, angle: 0 }]]);
  let radius = 0;
  rings.slice(1).forEach((ring, at) => {
    const inner = new Set(rings[at]);
    const parentOf = (thing) => {
      const link = graph.linksOf.of(thing).find((each) => linkOn[each] && inner.has(graph.otherEnd(each, thing)));
      return link === undefined ? rings[at][0] : graph.otherEnd(link, thing);
    };
    const order = ring
      .map((thing) => ({ thing, angle: places.get(parentOf(thing))?.angle ?? 0 }))
      .sort((a, b) => a.angle - b.angle || graph.class[a.thing] - graph.class[b.thing] || a.thing - b.thing);
    radius = placeOnRings(order, places, radius, aspect);
  });
  return places;
}

/** Fills ellipses outwards; each holds as many names as fit side by side on it. */
function placeOnRings(order, places, inside, aspect) {
  const step = 88, room = 118;
  let radius = inside + 132;
  let left = order.length;
  const circles = [];
  for (; left > 0; radius += step) {
    const size = Math.min(left, Math.max(6, Math.floor((Math.PI * radius * (1 + aspect)) / room)));
    circles.push({ radius, size });
    left -= size;
  }
  // dealt like cards, in proportion, so that every circle goes all the way round in the same order
  const dealt = circles.map(() => 0);
  order.forEach(({ thing }, at) => {
    const share = (at + 1) / order.length;
    const which = circles.reduce((best, circle, number) =>
      share * circle.size - dealt[number] > share * circles[best].size - dealt[best] ? number : best, 0);
    const circle = circles[which];
    const angle = (2 * Math.PI * (dealt[which] + 0.5 * (which % 2))) / circle.size - Math.PI / 2;
    dealt[which] += 1;
    places.set(thing, { x: circle.radius * aspect * Math.cos(angle), y: circle.radius * Math.sin(angle), angle });
  });
  return radius - step;
}

/** Places of a path: a line along the longer side of the canvas, in a slight zigzag. */
function arrangePath(path, wide) {
  const places = new Map();
  path.forEach((thing, at) => {
    const along = at * (wide ? 210 : 130), across = (at % 2 ? 1 : -1) * (path.length > 2 ? 34 : 0);
    places.set(thing, wide ? { x: along, y: across } : { x: across, y: along });
  });
  return places;
}
