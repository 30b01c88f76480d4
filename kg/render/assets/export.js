// Takes the view away: as a picture, as a table.

const COLUMNS = ["subject", "predicate", "object", "role", "date", "amount", "confidence", "document", "sentence"];

function download(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The canvas as it stands, with the heading above and the legend below. */
function pictureOf(page) {
  const { scene, palette } = page;
  const source = scene.canvas, ratio = source.width / source.clientWidth;
  const width = source.clientWidth, height = source.clientHeight, top = 44, bottom = 36;
  const canvas = el("canvas"), context = canvas.getContext("2d");
  canvas.width = width * ratio;
  canvas.height = (height + top + bottom) * ratio;
  context.scale(ratio, ratio);
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, width, height + top + bottom);
  context.drawImage(source, 0, top, width, height);
  context.fillStyle = palette.ink;
  context.textBaseline = "middle";
  context.font = `600 17px ${FONTS}`;
  context.fillText(document.title, 16, top / 2, width - 32);
  context.font = `13px ${FONTS}`;
  let x = 24;
  for (const { top: cls } of page.legend.tops) {
    const style = palette.styles[cls], words = termName(page.graph.classes[cls]);
    context.save();
    context.translate(x, top + height + bottom / 2);
    context.scale(7, 7);
    context.fillStyle = context.strokeStyle = style.colour;
    context.lineWidth = 0.35;
    if (style.hollow) context.stroke(style.path);
    else context.fill(style.path);
    context.restore();
    context.fillStyle = palette.ink;
    context.fillText(words, x + 13, top + height + bottom / 2);
    x += 36 + context.measureText(words).width;
  }
  return canvas;
}

function exportPicture(page) {
  pictureOf(page).toBlob((blob) => download(blob, "graph.png"), "image/png");
}

/** The facts in sight as comma-separated values: one row a fact, its first sentence with it. */
function tableOf(page) {
  const { graph, evidence, scene, visible } = page, sight = scene.sight(0);
  const near = (thing) => scene.memberOn[thing] && scene.inside(thing, sight);
  const rows = [COLUMNS];
  for (let fact = 0; fact < graph.factCount; fact += 1) {
    const object = graph.object[fact];
    if (!visible.factOn[fact] || !near(graph.subject[fact]) || (object >= 0 && !near(object))) continue;
    const first = evidence.of(fact)[0];
    rows.push([
      graph.labels[graph.subject[fact]], termName(graph.predicates[graph.predicate[fact]]), graph.objectText(fact),
      graph.qualifier(fact, "role"), graph.qualifier(fact, "date"), graph.qualifier(fact, "amount"),
      (graph.confidence[fact] / 1000).toString(), first?.document.title || first?.document.id, first?.text,
    ]);
  }
  return rows.map((row) => row.map(cell).join(",")).join("\r\n");
}

/** A cell; what a spreadsheet would run as a formula is made text by an apostrophe. */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function exportTable(page) {
  // the mark at the front tells Excel that the text is UTF-8
  download(new Blob(["\ufeff", tableOf(page)], { type: "text/csv;charset=utf-8" }), "graph.csv");
}
