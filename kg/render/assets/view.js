// What is being looked at: one small object, written into the address's fragment, so that a view
// can be shared, and kept in a list, so that it can be undone.

const START = Object.freeze({ thing: -1, link: null, centre: -1, hops: 0, path: null, filter: NO_FILTER, camera: null });

/** A view as a URL fragment; what equals the start is left out. */
function fragmentOf(graph, view) {
  const parts = new URLSearchParams();
  const id = (thing) => graph.ids[thing];
  if (view.thing >= 0) parts.set("thing", id(view.thing));
  for (const thing of view.link ?? []) parts.append("link", id(thing));
  for (const thing of view.path ?? []) parts.append("path", id(thing));
  if (view.hops) {
    parts.set("around", id(view.centre));
    parts.set("hops", String(view.hops));
  }
  for (const [name, start] of Object.entries(NO_FILTER)) {
    if (view.filter[name] !== start) parts.set(name, String(view.filter[name]));
  }
  if (view.camera) parts.set("at", [view.camera.x, view.camera.y, view.camera.scale].join(","));
  return parts.toString();
}

/** The view in a fragment; whatever is unknown or malformed in it is passed over. */
function viewOf(graph, fragment) {
  const parts = new URLSearchParams(fragment.replace(/^#/, ""));
  const number = (id) => graph.numbers.get(id) ?? -1;
  const pair = (name) => {
    const numbers = parts.getAll(name).map(number);
    return numbers.length === 2 && numbers.every((thing) => thing >= 0) ? numbers : null;
  };
  const centre = number(parts.get("around") ?? ""), hops = Number(parts.get("hops"));
  const camera = (parts.get("at") ?? "").split(",").map(Number);
  return {
    thing: number(parts.get("thing") ?? ""),
    link: pair("link"),
    centre,
    hops: centre >= 0 && (hops === 1 || hops === 2) ? hops : 0,
    path: pair("path"),
    filter: filterOf(parts),
    camera: camera.length === 3 && camera.every(Number.isFinite) && camera[2] > 0
      ? { x: camera[0], y: camera[1], scale: Math.min(5, camera[2]) } : null,
  };
}

function filterOf(parts) {
  const filter = { ...NO_FILTER };
  for (const name of ["hiddenClasses", "hiddenPredicates", "from", "to", "document"]) filter[name] = parts.get(name) ?? "";
  const confidence = Number(parts.get("confidence"));
  filter.confidence = confidence > 0 && confidence <= 100 ? confidence : 0;
  filter.undated = parts.get("undated") !== "false";
  return filter;
}

/** The views so far, for undo and redo. */
class History {
  constructor(view) {
    this.views = [view];
    this.at = 0;
  }

  /** A new step; what had been undone is forgotten. */
  add(view) {
    this.views = [...this.views.slice(Math.max(0, this.at - 198), this.at + 1), view];
    this.at = this.views.length - 1;
  }

  /** The present step with another camera. */
  amend(view) {
    this.views[this.at] = view;
  }

  step(by) {
    const view = this.views[this.at + by];
    if (view) this.at += by;
    return view ?? null;
  }

  can(by) {
    return this.at + by >= 0 && this.at + by < this.views.length;
  }
}
