const read = (id) => JSON.parse(document.getElementById(id).textContent);
const graph = read("graph-data");
const SHAPES = { Person: "dot", Organization: "square", Forum: "star", Product: "diamond", Place: "triangleDown" };
const COLOURS = { Person: "#009E73", Organization: "#0072B2", Forum: "#D55E00", Product: "#CC79A7", Place: "#E69F00" };
const things = graph.things;
const nodes = things.id.map((id, index) => {
  const top = graph.classes[graph.classes[things.class[index]][3]][0];
  return { id: index, label: things.label[index], x: things.x[index], y: things.y[index], size: 10,
    shape: SHAPES[top] || "hexagon", color: COLOURS[top] || "#777777" };
});
const edges = [];
graph.facts.subject.forEach((subject, index) => {
  const object = graph.facts.object[index];
  if (object >= 0) edges.push({ id: index, from: subject, to: object, arrows: "to",
    label: graph.predicates[graph.facts.predicate[index]][1], font: { size: 11 } });
});
new vis.Network(document.getElementById("canvas"), { nodes, edges }, read("network-options"));
