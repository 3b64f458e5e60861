/* Let a reader choose on a plan: layers, levels of certainty, a phase, a room or sign. Without it everything is shown,
   one below the other. Words come with each drawing from the catalog; nothing is fetched. */
"use strict";

(() => {
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  const titleOf = (group) => group.querySelector(":scope > title")?.textContent ?? "";

  const copyOf = (node) => {
    const copy = node.cloneNode(true);
    for (const one of [copy, ...copy.querySelectorAll("[id]")]) one.removeAttribute("id");
    for (const one of copy.querySelectorAll("button, .headerlink")) one.remove();
    return copy;
  };

  const nameOf = (link) => decodeURIComponent(link.getAttribute("xlink:href").slice(1));

  /* The links of a place to one thing: one in the wide drawing, one in the narrow. */
  const linksTo = (place, name) => [...place.querySelectorAll("svg a")].filter((link) => nameOf(link) === name);

  const isShown = (node) => node.getClientRects().length > 0;

  /* --- What is shown --- */

  /* A row of check boxes, one for every name; `set(name, shown)` does it in all drawings of the place. */
  const boxes = (legend, names, set) => {
    const row = make("div");
    for (const [name, title] of names) {
      const box = make("input", { type: "checkbox", autocomplete: "off" });
      box.checked = true;
      box.addEventListener("change", () => set(name, box.checked));
      row.append(make("label", {}, box, title));
    }
    return make("fieldset", {}, make("legend", {}, legend), row);
  };

  const choices = (place, words) => {
    const drawings = [...place.querySelectorAll("svg.drawing")];
    const layers = new Set([...drawings[0].querySelectorAll("g.layer")].map(titleOf));
    const setLayer = (title, shown) => {
      for (const layer of place.querySelectorAll("g.layer")) {
        if (titleOf(layer) === title) layer.classList.toggle("plan-away", !shown);
      }
    };
    const things = (level) => `.certainty-${level}:not(.key-entry)`;
    const levels = Object.entries(words.levels).filter(([level]) => drawings[0].querySelector(things(level)));
    const setLevel = (level, shown) => {
      for (const drawing of drawings) {
        for (const thing of drawing.querySelectorAll(things(level))) {
          const name = thing.id.slice(drawing.id.length + 1);
          const named = `[id="${drawing.id}-label--${name}"], [id^="${drawing.id}-letter--${name}--"]`;
          for (const one of [thing, ...drawing.querySelectorAll(named)]) one.classList.toggle("plan-away", !shown);
        }
      }
    };
    const box = make("details", { class: "plan-choices" }, make("summary", {}, words.what));
    box.append(boxes(words.layers, [...layers].map((title) => [title, title]), setLayer));
    if (levels.length > 1) box.append(boxes(words.certainty, levels, setLevel));
    place.prepend(box);
  };

  const phases = (words) => {
    const sections = [...document.querySelectorAll("section.phase")];
    if (sections.length < 2) return;
    const row = make("div");
    const show = (chosen) => {
      for (const one of sections) one.classList.toggle("plan-away", chosen !== null && one !== chosen);
    };
    for (const one of [null, ...sections]) {
      const radio = make("input", { type: "radio", name: "plan-phase", autocomplete: "off" });
      radio.checked = one === null;
      radio.addEventListener("change", () => show(one));
      const title = one ? copyOf(one.querySelector("h2, h3, h4")).textContent.trim() : words.all;
      row.append(make("label", {}, radio, title));
    }
    const field = make("fieldset", {}, make("legend", {}, words.phase), row);
    sections[0].before(make("div", { class: "plan-choices plan-phases" }, field));
  };

  /* Bring back what was chosen away round a node, by undoing the choice, so that boxes and drawings agree. */
  const reveal = (node) => {
    if (node.closest("section.phase.plan-away")) document.querySelector(".plan-phases input").click();
    if (!node.closest("svg .plan-away")) return;
    for (const box of node.closest(".plan-drawing").querySelectorAll("input:not(:checked)")) box.click();
  };

  /* A link into a phase that is not shown brings it back, also a link that was followed before. */
  const follow = () => {
    const targetOf = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));
    document.addEventListener("click", (event) => {
      const target = targetOf(event.target.closest?.("a[href^='#']")?.hash ?? "");
      if (target) reveal(target);
    });
    window.addEventListener("hashchange", () => {
      const target = targetOf(location.hash);
      if (!target?.closest(".plan-away")) return;
      reveal(target);
      target.scrollIntoView();
    });
  };

  /* --- What was chosen --- */

  /* Ring links over everything else in their drawing: walls would cover an outline of the room itself. */
  const ring = (place, links) => {
    for (const one of place.querySelectorAll(".plan-ring")) one.remove();
    for (const link of links.filter(isShown)) {
      const outline = link.matches(".room, .area") && link.querySelector("path");
      const shape = document.createElementNS(link.namespaceURI, outline ? "path" : "rect");
      const { x, y, width, height } = link.getBBox();
      const sides = { x: x - 3, y: y - 3, width: width + 6, height: height + 6, rx: 2 };
      const measures = outline ? { d: outline.getAttribute("d") } : sides;
      for (const [name, value] of Object.entries(measures)) shape.setAttribute(name, value);
      shape.setAttribute("class", "plan-ring");
      shape.setAttribute("role", "none");
      link.ownerSVGElement.append(shape);
    }
  };

  const chosen = (place) => [...place.querySelectorAll("svg a.chosen")];

  const mark = (place, links) => {
    for (const one of chosen(place)) one.classList.remove("chosen");
    for (const one of links) one.classList.add("chosen");
    ring(place, links);
  };

  /* What the page tells of a thing: of a room the cells of its row and its entry below the table, of a sign the event
     and its line in the list. */
  const told = (target) => {
    const row = target.closest("tr");
    if (!row) {
      const entry = target.closest("dd");
      const date = make("p", { class: "dates" }, ...copyOf(entry.previousElementSibling).childNodes);
      return [date, ...[...entry.querySelectorAll(":scope > p")].map(copyOf), ...copyOf(target).childNodes];
    }
    const facts = make("dl", { class: "plan-facts" });
    for (const cell of row.querySelectorAll("td[data-label]")) {
      if (cell.textContent.trim()) {
        facts.append(make("dt", {}, cell.dataset.label), make("dd", {}, ...copyOf(cell).childNodes));
      }
    }
    const entry = document.getElementById(`told-${target.id}`);
    return [facts, ...(entry ? copyOf(entry.nextElementSibling).childNodes : [])];
  };

  const close = (place) => {
    place.querySelector(".plan-panel")?.remove();
    mark(place, []);
  };

  /* Close the panel and go back to where it came from. */
  const back = (place) => {
    const links = chosen(place);
    close(place);
    links.find(isShown)?.focus();
  };

  const choose = (place, link, words) => {
    const target = document.getElementById(nameOf(link));
    close(place);
    mark(place, linksTo(place, nameOf(link)));
    const name = target.closest("tr") ? [...copyOf(target).childNodes] : [titleOf(link)];
    const heading = make("h3", { tabindex: "-1" }, ...name);
    const shut = make("button", { type: "button" }, words.close);
    shut.addEventListener("click", () => back(place));
    const more = make("p", {}, make("a", { class: "reference internal", href: `#${target.id}` }, words.row));
    const head = make("div", { class: "plan-panel-head" }, heading, shut);
    const attributes = { class: "plan-panel", role: "region", "aria-label": titleOf(link) };
    place.append(make("div", attributes, head, ...told(target), more));
    heading.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  /* The way back: a button at each row and each line of a list that shows its thing on the plan. */
  const ways = (places, words) => {
    const found = new Map();
    for (const link of places.flatMap((place) => [...place.querySelectorAll("svg a")])) {
      found.set(nameOf(link), [...(found.get(nameOf(link)) ?? []), link]);
    }
    for (const [name, links] of found) {
      const target = document.getElementById(name);
      const holder = target.matches("li") ? target.firstElementChild : target.parentElement;
      const button = make("button", { type: "button", class: "plan-show" }, words.show);
      button.setAttribute("aria-label", `${words.show}: ${titleOf(links[0])}`);
      button.addEventListener("click", () => {
        if (!links.some(isShown)) reveal(links[0]);
        const link = links.find(isShown);
        const place = link.closest(".plan-drawing");
        close(place);
        mark(place, linksTo(place, name));
        link.focus({ preventScroll: true });
        link.scrollIntoView({ block: "center" });
      });
      holder.append(button);
    }
  };

  const places = [...document.querySelectorAll(".plan-drawing")];
  if (!places.length) return;
  const words = JSON.parse(places[0].dataset.words);
  for (const place of places) {
    choices(place, words);
    place.addEventListener("click", (event) => {
      const link = event.target.closest("svg a");
      if (!link) return;
      event.preventDefault();
      choose(place, link, words);
    });
    place.addEventListener("keydown", (event) => {
      if (event.key === "Escape") back(place);
    });
    place.addEventListener("focusin", (event) => {
      if (event.target.matches("svg a:focus-visible")) ring(place, [...chosen(place), event.target]);
    });
    place.addEventListener("focusout", () => ring(place, chosen(place)));
  }
  phases(words);
  follow();
  ways(places, words);
})();
