// The graph as the page holds it: typed columns, things numbered by rank (0 is the best connected).
// kg/render/payload.py and kg/render/evidence.py are the writers of this format.

/** Items grouped by key: those of key k are items[start[k]] … items[start[k + 1] - 1]. */
class Groups {
  constructor(count, pairs) {
    this.start = new Int32Array(count + 1);
    for (const [key] of pairs) this.start[key + 1] += 1;
    for (let key = 0; key < count; key += 1) this.start[key + 1] += this.start[key];
    this.items = new Int32Array(pairs.length);
    const next = this.start.slice();
    for (const [key, item] of pairs) this.items[next[key]++] = item;
  }

  of(key) {
    return this.items.subarray(this.start[key], this.start[key + 1]);
  }
}

class Graph {
  constructor(block) {
    this.leftOut = block.left_out;
    this.classes = block.classes.map(([name, zh, en, top]) => ({ name, zh, en, top }));
    this.predicates = block.predicates.map(([name, zh, en, symmetric]) => ({ name, zh, en, symmetric }));
    this.documents = block.documents.map(([id, title, date, source]) => ({ id, title, date, source }));
    this.literals = block.literals;
    this.dates = block.dates;
    this.readThings(block.things);
    this.readFacts(block.facts);
    this.joinLinks();
  }

  readThings(things) {
    this.ids = things.id;
    this.labels = things.label;
    this.count = this.ids.length;
    this.class = Uint16Array.from(things.class);
    this.top = Uint16Array.from(this.class, (number) => this.classes[number].top);
    this.x = Float32Array.from(things.x);
    this.y = Float32Array.from(things.y);
    this.aliases = new Map(things.aliases.map(([thing, ...names]) => [thing, names]));
    this.numbers = new Map(this.ids.map((id, thing) => [id, thing]));
  }

  readFacts(facts) {
    this.subject = Int32Array.from(facts.subject);
    this.object = Int32Array.from(facts.object);
    this.predicate = Uint16Array.from(facts.predicate);
    this.confidence = Uint16Array.from(facts.confidence);
    this.date = Int32Array.from(facts.date);
    this.factCount = this.subject.length;
    this.qualifiers = new Map(facts.qualifiers.map(([fact, ...parts]) => {
      const named = new Map();
      for (let at = 0; at < parts.length; at += 2) named.set(parts[at], parts[at + 1]);
      return [fact, named];
    }));
    const ends = [];
    for (let fact = 0; fact < this.factCount; fact += 1) {
      ends.push([this.subject[fact], fact]);
      if (this.object[fact] >= 0 && this.object[fact] !== this.subject[fact]) ends.push([this.object[fact], fact]);
    }
    this.factsOf = new Groups(this.count, ends);
    this.degree = Int32Array.from({ length: this.count }, (_, thing) => this.factsOf.of(thing).length);
  }

  /** One link for each pair of things, whatever number of facts it stands for. */
  joinLinks() {
    const known = new Map(), from = [], to = [], facts = [], ends = [];
    for (let fact = 0; fact < this.factCount; fact += 1) {
      const a = this.subject[fact], b = this.object[fact];
      if (b < 0 || a === b) continue;
      const low = Math.min(a, b), high = Math.max(a, b), key = low * this.count + high;
      let link = known.get(key);
      if (link === undefined) {
        link = from.length;
        known.set(key, link);
        from.push(low);
        to.push(high);
        ends.push([low, link], [high, link]);
      }
      facts.push([link, fact]);
    }
    this.linkFrom = Int32Array.from(from);
    this.linkTo = Int32Array.from(to);
    this.linkCount = from.length;
    this.linksOf = new Groups(this.count, ends);
    this.factsOfLink = new Groups(this.linkCount, facts);
  }

  linkBetween(a, b) {
    return this.linksOf.of(a).find((link) => this.otherEnd(link, a) === b);
  }

  otherEnd(link, thing) {
    return this.linkFrom[link] === thing ? this.linkTo[link] : this.linkFrom[link];
  }

  /** What a fact says of its subject: a thing's name, or a literal. */
  objectText(fact) {
    const object = this.object[fact];
    return object >= 0 ? this.labels[object] : this.literals[-1 - object];
  }

  className(thing) {
    return termName(this.classes[this.class[thing]]);
  }

  qualifier(fact, name) {
    return this.qualifiers.get(fact)?.get(name);
  }
}

/** Sentences, parsed when first asked for: they are most of a page's bytes. */
class Evidence {
  constructor(graph) {
    this.graph = graph;
  }

  get block() {
    return (this.parsed ??= readBlock("evidence-data"));
  }

  /** How many sentences tell a fact, those not in the page included. */
  count(fact) {
    return this.block.facts[fact][0];
  }

  of(fact) {
    return this.block.facts[fact].slice(1).map(([sentence, rule, ...marks]) => {
      const [document, text] = this.block.sentences[sentence];
      return { document: this.graph.documents[document], text, rule: this.block.rules[rule], marks };
    });
  }

  tells(fact, document) {
    return this.block.facts[fact].some((item, at) => at > 0 && this.block.sentences[item[0]][0] === document);
  }
}
