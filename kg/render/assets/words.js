// What the interface says, in Chinese and English. Names of classes and predicates come with the data.

const WORDS = {
  zh: {
    search: "搜索名称、别名或拼音首字母", searchResults: "搜索结果", noResults: "没有找到“{query}”",
    filter: "筛选", undo: "撤销", redo: "重做", fit: "全图", zoomIn: "放大", zoomOut: "缩小",
    export: "导出", exportImage: "图片 (PNG)", exportTable: "可见部分 (CSV)", copyLink: "复制当前视图链接",
    linkCopied: "链接已复制", linkInBar: "链接已写入地址栏", theme: "明暗", language: "English", help: "帮助", close: "关闭", panel: "详情",
    canvas: "知识图谱画布。方向键平移，加减号缩放，0 显示全图，N 与 P 依次选择，回车打开详情。",
    legend: "图例，点按可隐藏或显示一类", reset: "清除筛选", classes: "类别", predicates: "关系",
    confidence: "可信度不低于", dates: "日期", from: "从", to: "到", undated: "含无日期的事实",
    documents: "文档", findDocument: "查找文档", allDocuments: "全部文档", moreDocuments: "还有 {count} 篇，请输入文字查找",
    all: "全选", none: "全不选", overview: "概览",
    counts: "{things} 个事物 · {facts} 条事实 · {documents} 篇文档", mostConnected: "联系最多",
    leftOut: "图谱太大，本页只容下联系最多的 {kept} 个事物，另有 {left} 个未显示；完整内容见 graph.ttl。",
    aliases: "又名", seriesAndMore: "等 {count} 条", neighbours: "邻居", oneHop: "一跳", twoHops: "两跳",
    path: "路径", pathTo: "到…的路径", pathPick: "请搜索或点选终点（Esc 取消）", pathBetween: "最短路径：{steps} 步",
    noPath: "在当前筛选下，两者之间没有路径。", backToAll: "返回全图", locate: "定位",
    facts: "{count} 条事实", noFacts: "没有事实。", hiddenFacts: "{count} 条事实被筛选隐藏。", incoming: "由对方指向此处：",
    role: "职务", date: "日期", amount: "金额", sentences: "{count} 句原文", noEvidence: "推断得出，无原文。",
    moreSentences: "另有 {count} 句见 graph.ttl。", showMore: "再显示 {count} 条", rule: "规则",
    confidenceOf: "可信度 {value}", between: "两者之间",
    capped: "只显示联系最多的 {kept} 个，共 {count} 个。", selected: "已选中 {name}，{type}，{count} 条事实",
    nothingVisible: "当前筛选下没有可显示的事物。", state: "{shown} / {all} 个事物",
    helpText: [
      "拖动平移，滚轮或双指缩放；拉近后出现更多名称与关系。",
      "点一个事物看它的事实和原文；点一条线看两者之间的事实。双击事物只看它的邻居。",
      "按 / 搜索，Ctrl+Z 撤销，Esc 关闭。筛选中按住 Shift 点日期柱可选一段时间。",
      "虚线表示可信度低于 60%。原文中：蓝底为主语，橙底为宾语，下划线为触发词。",
    ],
    noScript: "此页面需要 JavaScript。",
  },
  en: {
    search: "Search names, aliases or pinyin initials", searchResults: "Search results", noResults: "Nothing found for “{query}”",
    filter: "Filter", undo: "Undo", redo: "Redo", fit: "Whole graph", zoomIn: "Zoom in", zoomOut: "Zoom out",
    export: "Export", exportImage: "Picture (PNG)", exportTable: "Visible part (CSV)", copyLink: "Copy link to this view",
    linkCopied: "Link copied", linkInBar: "The link is in the address bar", theme: "Light or dark", language: "中文", help: "Help", close: "Close", panel: "Details",
    canvas: "Knowledge graph. Arrow keys pan, plus and minus zoom, 0 shows the whole graph, N and P select one thing after another, Enter opens details.",
    legend: "Legend; press to hide or show a class", reset: "Clear filters", classes: "Classes", predicates: "Relations",
    confidence: "Confidence at least", dates: "Dates", from: "From", to: "To", undated: "Include facts without a date",
    documents: "Documents", findDocument: "Find a document", allDocuments: "All documents", moreDocuments: "{count} more; type to find them",
    all: "All", none: "None", overview: "Overview",
    counts: "{things} things · {facts} facts · {documents} documents", mostConnected: "Most connected",
    leftOut: "This graph is larger than a page holds well: the {kept} best connected things are here, {left} are not; all are in graph.ttl.",
    aliases: "Also", seriesAndMore: "and {count} more", neighbours: "Neighbours", oneHop: "1 hop", twoHops: "2 hops",
    path: "Path", pathTo: "Path to…", pathPick: "Search or click the other end (Esc cancels)", pathBetween: "Shortest path: {steps} steps",
    noPath: "No path between the two under the present filters.", backToAll: "Back to the whole graph", locate: "Locate",
    facts: "{count} facts", factsOne: "1 fact", noFacts: "No facts.", hiddenFacts: "{count} facts are hidden by filters.", incoming: "from the other towards this:",
    role: "role", date: "date", amount: "amount", sentences: "{count} sentences", sentencesOne: "1 sentence", noEvidence: "Inferred; no sentence says so.",
    moreSentencesOne: "1 more sentence is in graph.ttl.", moreSentences: "{count} more sentences are in graph.ttl.", showMore: "Show {count} more", rule: "rule",
    confidenceOf: "confidence {value}", between: "Between the two",
    capped: "Showing the {kept} best connected of {count}.", selected: "Selected {name}, {type}, {count} facts", selectedOne: "Selected {name}, {type}, 1 fact",
    nothingVisible: "Nothing to show under the present filters.", state: "{shown} / {all} things",
    helpText: [
      "Drag to pan; wheel or pinch to zoom. More names and relations appear as you come closer.",
      "Click a thing for its facts and sentences, a line for the facts between two. Double-click a thing to see its neighbours alone.",
      "/ searches, Ctrl+Z undoes, Esc closes. Among the filters, Shift and a press on a date bar choose a range.",
      "Dashed lines: confidence below 60%. In a sentence: blue marks the subject, orange the object, an underline the trigger.",
    ],
    noScript: "This page needs JavaScript.",
  },
};

let language = (navigator.languages?.[0] || navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";

/** The words for `key`, with `{name}` replaced by values. */
function say(key, values = {}) {
  const words = WORDS[language][values.count === 1 ? `${key}One` : key] ?? WORDS[language][key];
  return words.replace(/\{(\w+)\}/g, (_, name) => shownNumber(values[name]));
}

function shownNumber(value) {
  return typeof value === "number" ? value.toLocaleString("en-US") : String(value);
}

/** A class or predicate's name in the interface's language. */
function termName(term) {
  return language === "zh" ? term.zh : term.en;
}
