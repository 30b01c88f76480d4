// Finds things by any of their names, or by the initials of their pinyin.

// The first character of each initial in the browser's own pinyin order: a character belongs to
// the last one that it doesn't precede. Costs no byte of data and no library.
const INITIALS = [..."阿a八b嚓c哒d妸e发f旮g哈h讥j咔k垃l痳m拏n噢o妑p七q呥r扨s它t穵w夕x丫y帀z"];
// Characters of names that are read in two ways; the browser knows one.
const OTHER_INITIALS = { 长: "cz", 重: "cz", 曾: "cz", 单: "ds", 朝: "cz", 行: "hx", 乐: "ly", 会: "hk", 仇: "cq", 解: "jx", 盖: "gg", 尉: "wy", 翟: "zd", 种: "cz", 参: "cs", 贾: "jg", 厦: "sx", 都: "dd", 调: "td", 藏: "cz" };

/** A name as it is compared: width, case, blanks and quotation marks don't count. */
function folded(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[\s"'“”‘’「」『』《》〈〉·•]/g, "");
}

class Search {
  constructor(graph) {
    this.graph = graph;
    this.initialOf = new Map();
    const collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin");
    this.compare = collator.resolvedOptions().collation === "pinyin" ? collator.compare : null;
  }

  get names() {
    return (this.allNames ??= this.graph.labels.map((label, thing) =>
      [label, ...(this.graph.aliases.get(thing) ?? [])].map(folded)));
  }

  get initials() {
    return (this.allInitials ??= this.names.map((names) => names.map((name) => [...name].map((c) => this.initial(c)))));
  }

  /** The letters that a character may stand for. */
  initial(character) {
    let letters = this.initialOf.get(character);
    if (letters === undefined) {
      letters = OTHER_INITIALS[character] ?? this.collated(character);
      this.initialOf.set(character, letters);
    }
    return letters;
  }

  collated(character) {
    if (!this.compare || !/\p{Script=Han}/u.test(character)) return character;
    let letter = "";
    for (let at = 0; at < INITIALS.length; at += 2) {
      if (this.compare(character, INITIALS[at]) < 0) break;
      letter = INITIALS[at + 1];
    }
    return letter;
  }

  /** The best `most` things for a query: whole name, beginning, part, then pinyin; the better connected first. */
  find(query, most = 30) {
    const wanted = folded(query);
    if (!wanted) return [];
    const ranks = [[], [], [], []];
    this.names.forEach((names, thing) => {
      const rank = Math.min(...names.map((name) => this.rank(name, wanted)));
      if (rank < 3) ranks[rank].push(thing);
    });
    if (/^[a-z]{2,}$/.test(wanted) && this.compare) {
      const found = new Set(ranks.flat());
      this.initials.forEach((spellings, thing) => {
        if (!found.has(thing) && spellings.some((letters) => this.spells(letters, wanted))) ranks[3].push(thing);
      });
    }
    return ranks.flat().slice(0, most);
  }

  rank(name, wanted) {
    if (name === wanted) return 0;
    const at = name.indexOf(wanted);
    return at === 0 ? 1 : at > 0 ? 2 : 3;
  }

  spells(letters, wanted) {
    for (let from = 0; from + wanted.length <= letters.length; from += 1) {
      let at = 0;
      while (at < wanted.length && letters[from + at].includes(wanted[at])) at += 1;
      if (at === wanted.length) return true;
    }
    return false;
  }
}
