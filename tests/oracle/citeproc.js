// Render CSL items by citeproc-js (npm: citeproc), which the tests ask what a style says.
// Reads {style, locales, language, items, again} as JSON; writes {first, again, entries}: marked text by id.
const fs = require("fs");
const CSL = require("citeproc");

const asked = JSON.parse(fs.readFileSync(0, "utf8"));
const byId = Object.fromEntries(asked.items.map((item) => [item.id, item]));
const marked = (mark) => `\u0001${mark}%%STRING%%\u0002`;

CSL.Output.Formats.marked = Object.assign({}, CSL.Output.Formats.text, {
  "@font-style/italic": marked("i"),
  "@font-style/oblique": marked("i"),
  "@font-weight/bold": marked("b"),
  "@font-variant/small-caps": marked("c"),
  "@text-decoration/underline": marked("u"),
  "@vertical-align/sup": marked("p"),
  "@vertical-align/sub": marked("s"),
  "@bibliography/entry": function (state, text) {
    return `${this.system_id}\t${text}`;
  },
});

const engine = new CSL.Engine(
  {
    retrieveItem: (id) => JSON.parse(JSON.stringify(byId[id])),
    retrieveLocale: (language) => {
      const path = `${asked.locales}/locales-${language}.xml`;
      return fs.existsSync(path) && fs.readFileSync(path, "utf8");
    },
  },
  asked.style,
  asked.language,
  true,
);
engine.setOutputFormat("marked");

const cited = asked.again ? [...asked.items, ...asked.items] : asked.items;
const citations = cited.map((item, index) => ({
  citationID: `c${index}`,
  citationItems: [{ id: item.id }],
  properties: { noteIndex: index + 1 },
}));
const answer = { first: {}, again: {}, entries: {} };
engine.rebuildProcessorState(citations, "marked").forEach(([, , text], index) => {
  answer[index < asked.items.length ? "first" : "again"][cited[index].id] = text;
});
for (const entry of engine.makeBibliography()[1]) {
  const [id, text] = entry.split("\t");
  answer.entries[id] = text.trim();
}
process.stdout.write(JSON.stringify(answer));
