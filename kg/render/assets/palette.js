// Colours and shapes by top class. Colours are Okabe and Ito's, told apart by colour-blind eyes
// (jfly.uni-koeln.de/color); the shape says the same once more.

const OUTLINES = {
  circle: "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
  square: "M-.62 -.86H.62Q.86 -.86 .86 -.62V.62Q.86 .86 .62 .86H-.62Q-.86 .86 -.86 .62V-.62Q-.86 -.86 -.62 -.86Z",
  hexagon: "M1.08 0L.54 .94H-.54L-1.08 0L-.54 -.94H.54Z",
  diamond: "M0 -1.16L1.16 0L0 1.16L-1.16 0Z",
  drop: "M0 1.2L-.98 -.5A1 .8 0 0 1 .98 -.5Z",
  pentagon: "M0 -1.1L1.05 -.34L.65 .89H-.65L-1.05 -.34Z",
  triangle: "M0 -1.15L1.08 .8H-1.08Z",
};

const STYLES = new Map(Object.entries({
  Forum: { shape: "hexagon", light: "#d55e00", dark: "#ee7733" },
  ForumSeries: { shape: "hexagon", light: "#d55e00", dark: "#ee7733", hollow: true },
  Organization: { shape: "square", light: "#0072b2", dark: "#4aa3df" },
  Person: { shape: "circle", light: "#009e73", dark: "#2fc49a" },
  Product: { shape: "diamond", light: "#c4609a", dark: "#dd8fbb" },
  Place: { shape: "drop", light: "#d99400", dark: "#f0b429" },
  Topic: { shape: "pentagon", light: "#3f9fd8", dark: "#6cc0f0" },
}));

const OTHERS = [
  { shape: "triangle", light: "#6b7280", dark: "#9ca3af" },
  { shape: "pentagon", light: "#8a6d3b", dark: "#c9a66b" },
  { shape: "triangle", light: "#7b5ea7", dark: "#b39ddb" },
];

/** How each class is drawn in the present theme, by class number. */
class Palette {
  constructor(graph) {
    this.graph = graph;
    this.dark = matchMedia("(prefers-color-scheme: dark)").matches;
    this.renew();
  }

  renew() {
    document.documentElement.dataset.theme = this.dark ? "dark" : "light";
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    this.ground = colour("ground");
    this.ink = colour("ink");
    this.muted = colour("muted");
    this.link = colour("link");
    this.accent = colour("accent");
    let other = 0;
    const tops = new Map();
    this.styles = this.graph.classes.map(({ top }) => {
      // a Map, not an object: a class may be called __proto__
      if (!tops.has(top)) tops.set(top, STYLES.get(this.graph.classes[top].name) ?? OTHERS[other++ % OTHERS.length]);
      const { shape, light, dark, hollow = false } = tops.get(top);
      const outline = OUTLINES[shape];
      return { outline, path: new Path2D(outline), colour: this.dark ? dark : light, hollow };
    });
  }

  of(thing) {
    return this.styles[this.graph.class[thing]];
  }
}
