// Which things and links the filters leave.

const NO_FILTER = Object.freeze({
  hiddenClasses: "", hiddenPredicates: "", confidence: 0, from: "", to: "", undated: true, document: "",
});

/** Whether a dated fact lies in a range of days, months or years (`2017-12` covers all of December). */
function inRange(date, from, to) {
  if (from && date < from.slice(0, date.length)) return false;
  return !to || date.slice(0, to.length) <= to;
}

/** Masks over facts, links and things: 1 where shown. */
function visibleParts(graph, evidence, filter) {
  const hiddenClasses = new Set(filter.hiddenClasses.split(",").filter(Boolean));
  const hiddenPredicates = new Set(filter.hiddenPredicates.split(",").filter(Boolean));
  const classOn = graph.classes.map((each) => !hiddenClasses.has(each.name));
  const predicateOn = graph.predicates.map((each) => !hiddenPredicates.has(each.name));
  const dated = Boolean(filter.from || filter.to);
  const dateOn = graph.dates.map((date) => inRange(date, filter.from, filter.to));
  const document = filter.document === "" ? -1 : graph.documents.findIndex((each) => each.id === filter.document);
  const least = Math.round(filter.confidence * 10);
  const factOn = new Uint8Array(graph.factCount);
  for (let fact = 0; fact < graph.factCount; fact += 1) {
    const date = graph.date[fact];
    factOn[fact] = predicateOn[graph.predicate[fact]] && graph.confidence[fact] >= least
      && (!dated || (date < 0 ? filter.undated : dateOn[date]))
      && (filter.document === "" || evidence.tells(fact, document)) ? 1 : 0;
  }
  const factsChosen = hiddenPredicates.size > 0 || least > 0 || dated || filter.document !== "";
  return { ...maskEnds(graph, factOn, classOn, factsChosen), factOn, factsChosen };
}

/** With facts chosen, a thing shows only where a fact of it does. */
function maskEnds(graph, factOn, classOn, factsChosen) {
  const thingOn = new Uint8Array(graph.count), linkOn = new Uint8Array(graph.linkCount);
  for (let thing = 0; thing < graph.count; thing += 1) {
    const told = !factsChosen || graph.factsOf.of(thing).some((fact) => factOn[fact]);
    thingOn[thing] = told && classOn[graph.class[thing]] ? 1 : 0;
  }
  for (let link = 0; link < graph.linkCount; link += 1) {
    linkOn[link] = thingOn[graph.linkFrom[link]] && thingOn[graph.linkTo[link]]
      && (!factsChosen || graph.factsOfLink.of(link).some((fact) => factOn[fact])) ? 1 : 0;
  }
  return { thingOn, linkOn };
}
